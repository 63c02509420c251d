package io.paodin.monitoring.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.SpecVersion;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * The first document of a YAML text, as Thanos reads it: with {@code yaml.v2} of Go, which follows YAML 1.1. So scalars
 * stay text, and what they mean is asked here.
 *
 * <p>The text may hold secrets, so nothing that is said about it repeats a part of it.
 */
final class ConfigYaml {

    /** Far more than a configuration has, with the key of a service account in it, and little work for whoever reads it. */
    private static final int LARGEST = 1 << 16;

    /** The composer calls itself once per level. */
    private static final int DEEPEST = 50;

    private static final int LONGEST_NUMBER = 64;

    private static final Set<String> NULL = Set.of("", "~", "null");
    private static final Set<String> TRUE = Set.of("y", "yes", "true", "on");
    private static final Set<String> FALSE = Set.of("n", "no", "false", "off");
    private static final Pattern INTEGER = Pattern.compile(
            "(?<sign>[-+]?)(?:0[xX](?<hex>[0-9a-fA-F]+)|0[bB](?<bin>[01]+)|0[oO]?(?<oct>[0-7]+)|(?<dec>0|[1-9][0-9]*))");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
    private static final Map<String, Integer> RADIX = Map.of("hex", 16, "bin", 2, "oct", 8, "dec", 10);
    private static final Pattern VARIABLE = Pattern.compile("\\$\\([a-zA-Z_0-9]+\\)");

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new FailsafeSchema())
            .setCodePointLimit(LARGEST)
            .setVersionFunction(ConfigYaml::onlyFirst)
            .build();

    private ConfigYaml() {}

    /** What is wrong with a text that is no YAML, without a word of the text. */
    static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }

    /** The root of the first document, or empty if there is none. */
    static Optional<Node> read(String content) throws UnreadableException {
        if (content.length() > LARGEST) {
            throw new UnreadableException(
                    "the content is larger than 64 KiB: leave only the configuration of the object storage");
        }
        var text = withoutInnerTabs(content);
        try {
            checkDepth(text);
            var documents = new Compose(SETTINGS).composeAllFromString(text).iterator();
            return documents.hasNext() ? Optional.of(documents.next()) : Optional.empty();
        } catch (MarkedYamlEngineException e) {
            throw new UnreadableException("the content is not YAML"
                    + e.getProblemMark()
                            .map(mark -> " at line %d, column %d".formatted(mark.getLine() + 1, mark.getColumn() + 1))
                            .orElse("")
                    + ": look for a missing quote, a tab or a wrong indentation there");
        } catch (RuntimeException e) {
            // What the parser throws besides is not documented: a resource must never fail for a text of its user.
            throw new UnreadableException("the content is not YAML: it has a character, a tag or a directive"
                    + " that YAML does not have; write it anew");
        }
    }

    /**
     * Go lets a tab stand for a blank wherever it does not indent a block, which this parser does not. Within quotes too
     * it becomes a blank, which changes no answer of this class but a text.
     */
    private static String withoutInnerTabs(String text) {
        if (text.indexOf('\t') < 0) {
            return text;
        }
        var isFlow = text.stripLeading().startsWith("{");
        var inner = isFlow;
        var plain = new StringBuilder(text);
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (character == '\t' && inner) {
                plain.setCharAt(i, ' ');
            } else {
                inner = isFlow || character != '\n' && (inner || !Character.isWhitespace(character));
            }
        }
        return plain.toString();
    }

    private static void checkDepth(String text) throws UnreadableException {
        var depth = 0;
        for (var event : new Parse(SETTINGS).parseString(text)) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {}
            }
            if (depth > DEEPEST) {
                throw new UnreadableException("the content is nested too deeply"
                        + event.getStartMark()
                                .map(mark -> " at line " + (mark.getLine() + 1))
                                .orElse("")
                        + ": an object storage configuration has four levels at most");
            }
            if (event.getEventId() == Event.ID.DocumentEnd) {
                return;
            }
        }
    }

    /** Go refuses a directive for another version. */
    private static SpecVersion onlyFirst(SpecVersion version) {
        if (version.getMajor() != 1 || version.getMinor() != 1) {
            throw new YamlVersionException(version);
        }
        return version;
    }

    static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    static boolean isNull(Node node) {
        return isWord(node, NULL);
    }

    static boolean isTrue(Node node) {
        return isWord(node, TRUE);
    }

    static boolean isBoolean(Node node) {
        return isWord(node, TRUE) || isWord(node, FALSE);
    }

    /** The number that Go would put into an integer: of a fraction it drops the rest. */
    static Optional<BigInteger> integer(Node node) {
        if (!(node instanceof ScalarNode scalar)
                || !scalar.isPlain()
                || scalar.getValue().length() > LONGEST_NUMBER) {
            return Optional.empty();
        }
        var text = scalar.getValue().replace("_", "");
        var integer = INTEGER.matcher(text);
        if (integer.matches()) {
            return RADIX.entrySet().stream()
                    .filter(radix -> integer.group(radix.getKey()) != null)
                    .map(radix -> new BigInteger(integer.group(radix.getKey()), radix.getValue()))
                    .map(number -> integer.group("sign").equals("-") ? number.negate() : number)
                    .findFirst();
        }
        if (!FLOAT.matcher(text).matches()) {
            return Optional.empty();
        }
        var number = Double.parseDouble(text);
        return Double.isInfinite(number)
                ? Optional.empty()
                : Optional.of(BigDecimal.valueOf(number).toBigInteger());
    }

    /** Whether Thanos puts variables of its environment into a text before it reads it: then anything may stand there. */
    static boolean holdsVariable(Node node) {
        return node instanceof ScalarNode scalar
                && VARIABLE.matcher(scalar.getValue()).find();
    }

    /** Go writes each of them in lower case, in upper case, and with a capital. */
    private static boolean isWord(Node node, Set<String> words) {
        if (!(node instanceof ScalarNode scalar) || !scalar.isPlain()) {
            return false;
        }
        var text = scalar.getValue();
        var lower = text.toLowerCase(Locale.ROOT);
        return words.contains(lower)
                && (text.equals(lower)
                        || text.equals(text.toUpperCase(Locale.ROOT))
                        || text.equals(lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1)));
    }
}
