package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What clients ask before they ask for a resource: versions, groups, resources and a minimal OpenAPI document. */
final class Discovery {
    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
    private static final List<String> SUBRESOURCE_VERBS = List.of("get", "patch", "update");

    private final ResourceTypes types;

    Discovery(ResourceTypes types) {
        this.types = types;
    }

    static ObjectNode version() {
        return Json.object()
                .put("major", "1")
                .put("minor", "34")
                .put("gitVersion", "v1.34.0-embedded")
                .put("gitCommit", "")
                .put("platform", "java");
    }

    static ObjectNode coreVersions() {
        ObjectNode versions = Json.object().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs");
        return versions;
    }

    ObjectNode groups() {
        ObjectNode list = Json.object("v1", "APIGroupList");
        ArrayNode groups = list.putArray("groups");
        versionsByGroup().forEach((name, versions) -> groups.add(group(name, versions)));
        return list;
    }

    ObjectNode group(String name) {
        Set<String> versions = versionsByGroup().get(name);
        if (versions == null) {
            throw ApiError.unknownPath();
        }
        return group(name, versions).put("kind", "APIGroup").put("apiVersion", "v1");
    }

    ObjectNode resources(String group, String version) {
        List<ResourceType> served = types.all().stream()
                .filter(type -> type.group().equals(group) && type.version().equals(version))
                .toList();
        if (served.isEmpty()) {
            throw ApiError.unknownPath();
        }
        ObjectNode list = Json.object("v1", "APIResourceList")
                .put("groupVersion", served.get(0).apiVersion());
        ArrayNode resources = list.putArray("resources");
        served.forEach(type -> addResource(resources, type));
        return list;
    }

    ObjectNode openApiPaths() {
        ObjectNode index = Json.object();
        ObjectNode paths = index.putObject("paths");
        for (ResourceType type : types.all()) {
            paths.putObject(prefix(type)).put("serverRelativeURL", "/openapi/v3/" + prefix(type));
        }
        return index;
    }

    /** Just enough that kubectl leaves the validation of fields to the server. */
    ObjectNode openApi(String prefix) {
        ObjectNode document = Json.object().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Embedded API server").put("version", "v1");
        ObjectNode paths = document.putObject("paths");
        for (ResourceType type : types.all()) {
            if (prefix(type).equals(prefix)) {
                String scope = type.namespaced() ? "/namespaces/{namespace}/" : "/";
                ObjectNode patch = paths.putObject("/" + prefix + scope + type.plural() + "/{name}")
                        .putObject("patch");
                patch.put("operationId", "patch" + type.kind()).put("x-kubernetes-action", "patch");
                patch.putObject("responses");
                patch.putObject("x-kubernetes-group-version-kind")
                        .put("group", type.group())
                        .put("version", type.version())
                        .put("kind", type.kind());
                patch.putArray("parameters")
                        .addObject()
                        .put("name", "fieldValidation")
                        .put("in", "query")
                        .putObject("schema")
                        .put("type", "string");
            }
        }
        return document;
    }

    private Map<String, Set<String>> versionsByGroup() {
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        for (ResourceType type : types.all()) {
            if (!type.group().isEmpty()) {
                groups.computeIfAbsent(type.group(), g -> new LinkedHashSet<>()).add(type.version());
            }
        }
        return groups;
    }

    private static ObjectNode group(String name, Set<String> versions) {
        ObjectNode group = Json.object().put("name", name);
        ArrayNode list = group.putArray("versions");
        versions.forEach(version ->
                list.addObject().put("groupVersion", name + "/" + version).put("version", version));
        group.set("preferredVersion", list.get(0).deepCopy());
        return group;
    }

    private static void addResource(ArrayNode resources, ResourceType type) {
        ObjectNode resource = resources
                .addObject()
                .put("name", type.plural())
                .put("singularName", type.singular())
                .put("namespaced", type.namespaced())
                .put("kind", type.kind());
        addAll(resource, "shortNames", type.shortNames());
        addAll(resource, "categories", type.categories());
        addAll(resource, "verbs", VERBS);
        for (String subresource : type.subresources()) {
            boolean scale = subresource.equals("scale");
            ObjectNode entry = resources
                    .addObject()
                    .put("name", type.plural() + "/" + subresource)
                    .put("singularName", "")
                    .put("namespaced", type.namespaced())
                    .put("kind", scale ? "Scale" : type.kind());
            if (scale) {
                entry.put("group", "autoscaling").put("version", "v1");
            }
            addAll(entry, "verbs", SUBRESOURCE_VERBS);
        }
    }

    private static void addAll(ObjectNode object, String field, List<String> values) {
        if (!values.isEmpty()) {
            values.forEach(object.putArray(field)::add);
        }
    }

    private static String prefix(ResourceType type) {
        return (type.group().isEmpty() ? "api/" : "apis/") + type.apiVersion();
    }
}
