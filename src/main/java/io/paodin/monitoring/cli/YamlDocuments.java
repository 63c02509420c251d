package io.paodin.monitoring.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
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
        } catch (YamlEngineException e) {
            throw new UnreadableInputException(origin + " is not YAML: " + e.getMessage());
        }
        return documents;
    }

    private static void add(String origin, Object document, List<Map<?, ?>> documents) {
        if (!(document instanceof Map<?, ?> object)) {
            throw new UnreadableInputException(origin + ": a document is not an object but: " + document);
        }
        if (Objects.equals("List", object.get("kind")) && object.get("items") instanceof List<?> items) {
            items.forEach(item -> add(origin, item, documents));
        } else {
            documents.add(object);
        }
    }
}
