package io.paodin.monitoring.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.paodin.monitoring.api.v1alpha1.Patterns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * Adds to the generated CRD of {@code Thanos} what annotations cannot say: the category, required fields, how lists
 * merge, integer formats, the order of the columns, and descriptions of what is inherited or borrowed.
 */
public class ThanosCrdPostProcessor implements CRDPostProcessor {

    private static final List<String> COLUMNS =
            List.of("Ready", "Reason", "Query", "Router", "Version", "Message", "Age");

    /** Fields that are 64 bits wide where they occur; all other integers have 32. */
    private static final Set<String> LONGS = Set.of(
            "observedGeneration", "tolerationSeconds", "runAsUser", "runAsGroup", "fsGroup", "supplementalGroups");

    /** Fields that hold each value once. A set cannot have doubles, and two writers can each add their own. */
    private static final Set<String> SETS =
            Set.of("tenants", "replicaLabels", "addresses", "promoteResourceAttributes", "subjectAltNames");

    /** Values that fields of borrowed types can have. */
    private static final Map<String, List<String>> CHOICES = Map.of(
            "fsGroupChangePolicy", List.of("OnRootMismatch", "Always"),
            "nodeAffinityPolicy", List.of("Honor", "Ignore"),
            "nodeTaintsPolicy", List.of("Honor", "Ignore"),
            "supplementalGroupsPolicy", List.of("Merge", "Strict"),
            "whenUnsatisfiable", List.of("DoNotSchedule", "ScheduleAnyway"));

    /** Numbers of borrowed types that begin at 1. */
    private static final Set<String> POSITIVE = Set.of("maxSkew", "minDomains");

    /** What items of borrowed types must have. */
    private static final Map<String, List<String>> REQUIRED = Map.of(
            "imagePullSecrets", List.of("name"),
            "topologySpreadConstraints", List.of("maxSkew", "topologyKey", "whenUnsatisfiable"));

    /** The constants that stand for what an enum does not know, which nobody may write. */
    private static final Set<String> UNKNOWN = Set.of("unknown", "UNKNOWN");

    /** Lists of named items, by the field that identifies an item. */
    private static final Map<String, String> KEYED = Map.of("ingestors", "name", "conditions", "type");

    /** What borrowed fields mean, by {@code parent.field} or {@code field}. */
    private final Properties descriptions = descriptions();

    @Override
    public HasMetadata process(HasMetadata crd, String crdSpecVersion) {
        if (crd instanceof CustomResourceDefinition definition
                && definition.getMetadata().getName().equals("thanos.monitoring.paodin.io")) {
            definition.getSpec().getNames().setCategories(List.of("monitoring"));
            definition.getSpec().getNames().setListKind("ThanosList");
            definition.getSpec().getVersions().forEach(this::complete);
        }
        return crd;
    }

    private void complete(CustomResourceDefinitionVersion version) {
        var columns = new ArrayList<>(version.getAdditionalPrinterColumns());
        columns.sort(
                Comparator.comparing(CustomResourceColumnDefinition::getName, Comparator.comparing(COLUMNS::indexOf)));
        // The server leaves out a priority of 0; left in, every apply would find a difference.
        columns.stream().filter(column -> column.getPriority() == 0).forEach(column -> column.setPriority(null));
        version.setAdditionalPrinterColumns(columns);

        JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
        root.setDescription("A Thanos cluster: the operator deploys what spec names and reports in status.");
        root.setRequired(List.of("spec"));
        JSONSchemaProps spec = root.getProperties().get("spec");
        spec.setDescription("What is wanted. A component that is absent is not deployed.");
        JSONSchemaProps status = root.getProperties().get("status");
        status.setDescription("What the operator has found and done. Written by the operator only.");
        completeConditions(status.getProperties().get("conditions"));
        root.getProperties().forEach(this::completeFields);
    }

    private void completeConditions(JSONSchemaProps conditions) {
        JSONSchemaProps condition = conditions.getItems().getSchema();
        condition.setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
        condition.getProperties().get("lastTransitionTime").setFormat("date-time");
        condition
                .getProperties()
                .get("status")
                .setEnum(List.of(new TextNode("True"), new TextNode("False"), new TextNode("Unknown")));
    }

    /** @param owner the name of the field that holds the object */
    private void completeFields(String owner, JSONSchemaProps object) {
        if (object.getProperties() != null) {
            new TreeMap<>(object.getProperties()).forEach((name, field) -> {
                complete(name, field);
                if (field.getDescription() == null) {
                    field.setDescription(descriptions.getProperty(owner + "." + name, descriptions.getProperty(name)));
                }
            });
        }
    }

    private void complete(String name, JSONSchemaProps field) {
        if (Boolean.TRUE.equals(field.getXKubernetesIntOrString())) {
            // All that can be either is a quantity.
            field.setPattern(Patterns.QUANTITY);
        }
        if (Boolean.TRUE.equals(field.getXKubernetesPreserveUnknownFields())) {
            field.setType("object");
        }
        if (CHOICES.containsKey(name)) {
            field.setEnum(
                    CHOICES.get(name).stream().<JsonNode>map(TextNode::new).toList());
        }
        if (POSITIVE.contains(name)) {
            field.setMinimum(1.0);
        }
        if (field.getEnum() != null) {
            field.setEnum(field.getEnum().stream()
                    .filter(value -> !UNKNOWN.contains(value.asText()))
                    .toList());
        }
        if (field.getAdditionalProperties() != null
                && field.getAdditionalProperties().getSchema() != null) {
            complete(name, field.getAdditionalProperties().getSchema());
        }
        if ("integer".equals(field.getType())) {
            field.setFormat(LONGS.contains(name) ? "int64" : "int32");
        } else if ("array".equals(field.getType())) {
            completeList(name, field);
            complete(name, field.getItems().getSchema());
        } else {
            completeFields(name, field);
        }
    }

    private void completeList(String name, JSONSchemaProps list) {
        if (KEYED.containsKey(name)) {
            list.setXKubernetesListType("map");
            list.setXKubernetesListMapKeys(List.of(KEYED.get(name)));
        } else if (SETS.contains(name)
                && "string".equals(list.getItems().getSchema().getType())) {
            list.setXKubernetesListType("set");
        } else if (list.getDescription() != null) {
            // The default, said for lists of ours; the many of borrowed types would only add to the size.
            list.setXKubernetesListType("atomic");
        }
        if (REQUIRED.containsKey(name)) {
            list.getItems().getSchema().setRequired(REQUIRED.get(name));
        }
    }

    private static Properties descriptions() {
        try (var file = ThanosCrdPostProcessor.class.getResourceAsStream("descriptions.properties")) {
            var descriptions = new Properties();
            descriptions.load(file);
            return descriptions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
