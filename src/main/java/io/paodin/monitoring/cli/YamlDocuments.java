package io.paodin.monitoring.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.DuplicateKeyException;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The objects of a file of YAML or JSON documents, as maps; what {@code kubectl get -o yaml} prints as one list is many. */
final class YamlDocuments {

    private YamlDocuments() {}

    static List<Map<?, ?>> of(String origin, String text) {
        // A key that is written twice is refused: one of the two would silently be without effect.
        var settings = LoadSettings.builder()
                .setLabel(origin)
                .setAllowDuplicateKeys(false)
                .build();
        var documents = new ArrayList<Map<?, ?>>();
        try {
            for (var document : new Load(settings).loadAllFromString(text)) {
                if (document != null) {
                    add(origin, document, documents);
                }
            }
        } catch (DuplicateKeyException e) {
            throw new UnreadableInputException(origin + " is not YAML" + place(e) + ": " + e.getProblem());
        } catch (MarkedYamlEngineException e) {
            // What the parser says quotes the text, and there may be Secrets in it.
            throw new UnreadableInputException(
                    origin + " is not YAML" + place(e) + ": look for a missing quote or a wrong indentation there");
        } catch (YamlEngineException e) {
            throw new UnreadableInputException(origin + " is not YAML: it has a character that text does not have");
        }
        return documents;
    }

    private static String place(MarkedYamlEngineException error) {
        return error.getProblemMark()
                .map(mark -> " at line %d, column %d".formatted(mark.getLine() + 1, mark.getColumn() + 1))
                .orElse("");
    }

    private static void add(String origin, Object document, List<Map<?, ?>> documents) {
        if (!(document instanceof Map<?, ?> object)) {
            throw new UnreadableInputException(
                    origin + ": a document is not an object: write apiVersion, kind and metadata");
        }
        if (Objects.equals("List", object.get("kind")) && object.get("items") instanceof List<?> items) {
            items.forEach(item -> add(origin, item, documents));
        } else {
            documents.add(object);
        }
    }
}
