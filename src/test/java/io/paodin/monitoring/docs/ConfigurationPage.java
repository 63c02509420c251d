package io.paodin.monitoring.docs;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/** Writes {@code docs/configuration.md} from the Javadoc of {@code OperatorConfig}. */
final class ConfigurationPage {

    static final Path PATH = Path.of("docs/configuration.md");

    private static final Path SOURCE = Path.of("src/main/java/io/paodin/monitoring/config/OperatorConfig.java");

    private ConfigurationPage() {}

    /** One setting as its Javadoc has it. */
    record Setting(String property, String text) {

        String environmentVariable() {
            return property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        }
    }

    static String content() throws IOException {
        return settings().stream()
                .map(setting -> "## `%s`\n\n%s\n".formatted(setting.property(), setting.text()))
                .collect(Collectors.joining("\n"));
    }

    static List<Setting> settings() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask)
                    compiler.getTask(null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(SOURCE));
            var scanner = new Scanner(DocTrees.instance(task));
            task.parse().forEach(unit -> scanner.scan(unit, null));
            return scanner.settings;
        }
    }

    /** Goes through the interface in the order of the source; a group's interface stands behind its method. */
    private static final class Scanner extends TreePathScanner<Void, Void> {

        private final DocTrees trees;
        private final Deque<String> prefix = new ArrayDeque<>(List.of("paodin"));
        private final TreeMap<String, String> groups = new TreeMap<>();
        private final List<Setting> settings = new ArrayList<>();

        Scanner(DocTrees trees) {
            this.trees = trees;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            var group = groups.get(type.getSimpleName().toString());
            if (group != null) {
                prefix.addLast(group);
            }
            super.visitClass(type, nothing);
            if (group != null) {
                prefix.removeLast();
            }
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            var name = method.getName().toString().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (isGroup(method.getReturnType())) {
                groups.put(method.getReturnType().toString(), name);
            } else {
                settings.add(new Setting(String.join(".", prefix) + "." + name, text(getCurrentPath())));
            }
            return null;
        }

        private boolean isGroup(Tree type) {
            var enclosing = (ClassTree) getCurrentPath().getParentPath().getLeaf();
            return enclosing.getMembers().stream()
                    .anyMatch(member -> member instanceof ClassTree nested
                            && nested.getSimpleName().contentEquals(type.toString()));
        }

        private String text(TreePath path) {
            return trees.getDocCommentTree(path).getFullBody().stream()
                    .map(Scanner::markdown)
                    .collect(Collectors.joining())
                    .replaceAll("\n{3,}", "\n\n")
                    .strip();
        }

        private static String markdown(DocTree tree) {
            if (tree instanceof LiteralTree literal) {
                return "`" + literal.getBody().getBody() + "`";
            }
            if (tree instanceof LinkTree link) {
                return "`" + link.getReference().getSignature() + "`";
            }
            if (tree instanceof StartElementTree) {
                return "\n\n";
            }
            return ((TextTree) tree).getBody().replaceAll("\\s*\n\\s*", "\n");
        }
    }
}
