package io.paodin.monitoring.olm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;

/**
 * What the validators of OLM, of OperatorHub and of its community's pipeline ask of a bundle, errors and warnings alike: those
 * that operator-sdk runs by default, its suite operatorframework, its optional ones, and scorecard's.
 */
final class BundleRules {

    private static final int LARGEST = 1 << 20;
    private static final String BUNDLE = "operators.operatorframework.io.bundle.";

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

    /** Also the value of a label, which is shorter than such a name may be. */
    private static final Pattern DNS = Pattern.compile("(?=.{1,63}$)" + LABEL + "(\\." + LABEL + ")*");

    private static final Pattern NAMESPACE = Pattern.compile("(?=.{1,63}$)" + LABEL);
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    private static final Pattern SEMVER = Pattern.compile("\\d+\\.\\d+\\.\\d+");
    private static final Pattern PULL_SPEC =
            Pattern.compile("[a-z0-9.-]+(:\\d+)?(/[a-z0-9._-]+)+(:[\\w.-]{1,128}|@sha256:[0-9a-f]{64})");
    private static final Pattern URL = Pattern.compile("https?://[\\w.-]+(/\\S*)?");
    private static final Pattern MAIL = Pattern.compile("[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+");
    private static final Pattern CHANNEL = Pattern.compile("(candidate|fast|stable)(-v\\d+(\\.\\d+)?)?");
    private static final Pattern PLACEHOLDER = Pattern.compile("(?i)\\b(todo|tbd|lorem|placeholder|fixme|changeme)\\b");

    private static final Set<String> CAPABILITIES =
            Set.of("Basic Install", "Seamless Upgrades", "Full Lifecycle", "Deep Insights", "Auto Pilot");

    /** Those that OperatorHub and the community's pipeline both know. */
    private static final Set<String> CATEGORIES = Set.of(
            "AI/Machine Learning",
            "Application Runtime",
            "Big Data",
            "Cloud Provider",
            "Developer Tools",
            "Database",
            "Integration & Delivery",
            "Logging & Tracing",
            "Monitoring",
            "Modernization & Migration",
            "Networking",
            "OpenShift Optional",
            "Security",
            "Storage",
            "Streaming & Messaging");

    private static final Set<String> ICONS = Set.of("image/gif", "image/jpeg", "image/png", "image/svg+xml");

    private static final Set<String> MODES =
            Set.of("OwnNamespace", "SingleNamespace", "MultiNamespace", "AllNamespaces");

    /** What may be in a bundle beside the two of which all is about. */
    private static final Set<String> OTHER_KINDS =
            Set.of("Service", "ConfigMap", "Secret", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");

    /** Removed from Kubernetes before the oldest version that is supported. */
    private static final Set<String> REMOVED_VERSIONS = Set.of(
            "apiextensions.k8s.io/v1beta1",
            "rbac.authorization.k8s.io/v1beta1",
            "extensions/v1beta1",
            "policy/v1beta1",
            "batch/v1beta1",
            "autoscaling/v2beta1",
            "autoscaling/v2beta2",
            "networking.k8s.io/v1beta1",
            "discovery.k8s.io/v1beta1",
            "events.k8s.io/v1beta1",
            "node.k8s.io/v1beta1",
            "admissionregistration.k8s.io/v1beta1",
            "coordination.k8s.io/v1beta1");

    /** A right names no version, so that only what is gone in all versions can be told. */
    private static final Set<String> REMOVED_GROUPS = Set.of("extensions");

    private static final Set<String> REMOVED_RESOURCES = Set.of("podsecuritypolicies");

    private static final List<String> CHANGES = List.of("create", "update", "patch", "delete");

    /** The default image of Envoy is built for these, and no others. */
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "arm64");

    private static final List<String> CASED = List.of(
            "olm.skipRange", "olm.operatorGroup", "olm.operatorNamespace", "olm.targetNamespaces", "olm.providedAPIs");

    private final BundleContent bundle;
    private final List<Release> released;
    private final List<String> findings = new ArrayList<>();

    private BundleRules(BundleContent bundle, List<Release> released) {
        this.bundle = bundle;
        this.released = released;
    }

    /** What is wrong; empty if nothing is. */
    static List<String> findings(BundleContent bundle, List<Release> released) {
        var rules = new BundleRules(bundle, released);
        rules.ownedDefinitions();
        rules.otherObjects();
        rules.size();
        rules.metadata();
        rules.names();
        rules.examples();
        rules.installModes();
        rules.requiredFields();
        rules.annotationKeys();
        rules.whatTheHubShows();
        rules.removedApis();
        rules.goodPractices();
        rules.images();
        rules.architectures();
        rules.descriptors();
        rules.rights();
        return rules.findings;
    }

    /** 1: names, versions and kinds agree; nothing is owned twice or left out. */
    private void ownedDefinitions() {
        var owned = new HashSet<String>();
        for (var one : at("/spec/customresourcedefinitions/owned")) {
            var key = one.path("name").asText() + "/" + one.path("version").asText() + "/"
                    + one.path("kind").asText();
            check(owned.add(key), "owned twice: " + key);
            check(one.path("displayName").asText().length() > 2, "no display name of " + key);
            check(one.path("description").asText().length() > 20, "no description of " + key);
        }
        var present = new HashSet<String>();
        definitions().forEach(crd -> crd.at("/spec/versions")
                .forEach(version -> present.add(crd.at("/metadata/name").asText() + "/"
                        + version.path("name").asText() + "/"
                        + crd.at("/spec/names/kind").asText())));
        check(owned.equals(present), "owned are " + owned + ", in the bundle are " + present);
        check(present.size() > 0, "no definition");
    }

    /** 2, 19: only kinds that OLM installs, and none that gets in its way. */
    private void otherObjects() {
        others().forEach(object -> {
            var kind = object.path("kind").asText();
            check(OTHER_KINDS.contains(kind), "not for a bundle: " + kind);
            check(object.at("/metadata/namespace").isMissingNode(), "names a namespace: " + kind);
        });
        check(at("/spec/webhookdefinitions").isMissingNode(), "webhooks need certificates");
    }

    /** 3 */
    private void size() {
        check(compressed() <= LARGEST * 85L / 100, "larger than 85 % of 1 MiB: " + compressed());
    }

    /** 6: the keys that are needed; those of the image are the same. */
    private void metadata() {
        var annotations = bundle.annotations();
        var needed = Map.of(
                BUNDLE + "mediatype.v1",
                "registry+v1",
                BUNDLE + "manifests.v1",
                "manifests/",
                BUNDLE + "metadata.v1",
                "metadata/",
                BUNDLE + "package.v1",
                Release.PACKAGE,
                "operators.operatorframework.io.test.config.v1",
                "tests/scorecard/",
                "operators.operatorframework.io.test.mediatype.v1",
                "scorecard+v1");
        needed.forEach((key, value) -> check(value.equals(annotations.get(key)), "annotation " + key));
        check(annotations.equals(bundle.labels()), "labels of the image differ from the annotations");
        var channels =
                List.of(annotations.getOrDefault(BUNDLE + "channels.v1", "").split(","));
        channels.forEach(channel -> check(CHANNEL.matcher(channel).matches(), "channel " + channel));
        check(channels.contains(annotations.get(BUNDLE + "channel.default.v1")), "the default channel is none of them");
    }

    /** 5, 7, 17 */
    private void names() {
        var name = at("/metadata/name").asText();
        var version = at("/spec/version").asText();
        check(DNS.matcher(name).matches(), "no DNS name: " + name);
        check(SEMVER.matcher(version).matches(), "version " + version);
        check(name.equals(Release.PACKAGE + ".v" + version), "name " + name + " of version " + version);
        var replaces = at("/spec/replaces");
        var known = released.stream().map(Release::name).toList();
        check(replaces.isMissingNode() || DNS.matcher(replaces.asText()).matches(), "replaces no DNS name");
        check(replaces.isMissingNode() || known.contains(replaces.asText()), "replaces an unknown version");
        check(replaces.isMissingNode() || !replaces.asText().equals(name), "replaces itself");
        check(
                replaces.isMissingNode() == annotation("olm.skipRange").isEmpty(),
                "skipRange without replaces, or the other way round");
    }

    /** 8, and basic-check-spec and olm-crds-have-validation of scorecard. */
    private void examples() {
        check(annotation("olm.examples").isEmpty(), "examples in two annotations");
        var examples = json("alm-examples");
        check(examples.isArray() && examples.size() > 0, "alm-examples is no list");
        var names = new HashSet<String>();
        for (var example : examples) {
            var name = example.at("/metadata/name").asText();
            check(names.add(name), "two examples " + name);
            check(isOwned(example), "example " + name + " is of no owned version");
            check(example.path("spec").isObject(), "example " + name + " has no spec");
            definitions()
                    .forEach(crd -> known(
                            example.path("spec"),
                            crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec"),
                            name + ": spec"));
        }
        for (var owned : at("/spec/customresourcedefinitions/owned")) {
            check(stream(examples).anyMatch(example -> isOf(owned, example)), "no example of " + owned.path("name"));
        }
        check(isOwned(json("operatorframework.io/initialization-resource")), "no initialization-resource");
    }

    private static boolean isOf(JsonNode owned, JsonNode example) {
        var group = owned.path("name").asText().replaceFirst("^[^.]*\\.", "");
        return example.path("kind").equals(owned.path("kind"))
                && example.path("apiVersion")
                        .asText()
                        .equals(group + "/" + owned.path("version").asText());
    }

    private boolean isOwned(JsonNode example) {
        return definitions().anyMatch(crd -> stream(crd.at("/spec/versions"))
                .filter(version -> version.path("served").asBoolean())
                .anyMatch(version -> example.path("kind")
                                .asText()
                                .equals(crd.at("/spec/names/kind").asText())
                        && example.path("apiVersion")
                                .asText()
                                .equals(crd.at("/spec/group").asText() + "/"
                                        + version.path("name").asText())));
    }

    /** Each field is in the schema, and what it requires is there. */
    private void known(JsonNode value, JsonNode schema, String path) {
        if (value.isArray()) {
            value.forEach(item -> known(item, schema.path("items"), path + "[]"));
        }
        if (!value.isObject()
                || schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            return;
        }
        for (var field : schema.path("required")) {
            check(value.has(field.asText()), path + " lacks " + field.asText());
        }
        value.fields().forEachRemaining(field -> {
            var below = schema.path("properties").has(field.getKey())
                    ? schema.path("properties").path(field.getKey())
                    : schema.path("additionalProperties");
            check(!below.isMissingNode(), path + "." + field.getKey() + " is not in the schema");
            known(field.getValue(), below, path + "." + field.getKey());
        });
    }

    /** 9 */
    private void installModes() {
        var modes = stream(at("/spec/installModes"))
                .map(mode -> mode.path("type").asText())
                .toList();
        check(Set.copyOf(modes).equals(MODES) && modes.size() == MODES.size(), "install modes " + modes);
        check(
                stream(at("/spec/installModes"))
                        .anyMatch(mode -> mode.path("supported").asBoolean()),
                "no install mode is supported");
    }

    /** 10, 11, 20 */
    private void requiredFields() {
        check(at("/apiVersion").asText().equals("operators.coreos.com/v1alpha1"), "apiVersion");
        check(at("/kind").asText().equals("ClusterServiceVersion"), "kind");
        check(SEMVER.matcher(at("/spec/minKubeVersion").asText()).matches(), "minKubeVersion");
        check(at("/spec/install/strategy").asText().equals("deployment"), "strategy");
        check(at("/spec/displayName").asText().length() <= 50, "displayName is too long");
        text("/spec/displayName", 3);
        text("/spec/description", 20);
        text("/spec/maturity", 4);
        text("/spec/provider/name", 3);
        check(at("/spec/keywords").size() > 0, "no keywords");
        check(TIME.matcher(annotation("createdAt")).matches(), "createdAt is no time");
        for (var key : List.of("capabilities", "categories", "containerImage", "repository", "support")) {
            check(annotation(key).length() >= 3, "no annotation " + key);
        }
        check(annotation("description").length() >= 10, "no short description");
        check(annotation("description").length() <= 135, "the short description is long");
        check(URL.matcher(annotation("repository")).matches(), "repository");
        check(
                NAMESPACE
                        .matcher(annotation("operatorframework.io/suggested-namespace"))
                        .matches(),
                "suggested-namespace");
    }

    private void text(String path, int shortest) {
        var text = at(path).asText();
        check(text.length() >= shortest, path + " is too short");
        check(!PLACEHOLDER.matcher(text).find(), path + " is not written yet");
    }

    /** 12 */
    private void annotationKeys() {
        at("/metadata/annotations").fieldNames().forEachRemaining(key -> CASED.stream()
                .filter(right -> right.equalsIgnoreCase(key))
                .forEach(right -> check(right.equals(key), "annotation " + key + " is written " + right)));
        check(annotation("olm.properties").isEmpty(), "olm.properties belongs in a file");
    }

    /** 13, 14, 15 */
    private void whatTheHubShows() {
        check(at("/spec/maintainers").size() > 0, "no maintainers");
        at("/spec/maintainers").forEach(one -> {
            check(!one.path("name").asText().isBlank(), "a maintainer without a name");
            check(MAIL.matcher(one.path("email").asText()).matches(), "mail of a maintainer");
        });
        check(at("/spec/links").size() > 0, "no links");
        at("/spec/links").forEach(one -> {
            check(!one.path("name").asText().isBlank(), "a link without a name");
            check(URL.matcher(one.path("url").asText()).matches(), "a link");
        });
        check(at("/spec/icon").size() == 1, "not one icon");
        check(ICONS.contains(at("/spec/icon/0/mediatype").asText()), "type of the icon");
        check(isImage(at("/spec/icon/0/base64data").asText()), "the icon is no image");
        check(CAPABILITIES.contains(annotation("capabilities")), "capabilities");
        Stream.of(annotation("categories").split(","))
                .forEach(category -> check(CATEGORIES.contains(category.strip()), "category " + category));
    }

    private static boolean isImage(String data) {
        try {
            return new String(Base64.getDecoder().decode(data)).startsWith("<svg ");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** 16 */
    private void removedApis() {
        bundle.manifests()
                .forEach(object -> check(
                        !REMOVED_VERSIONS.contains(object.path("apiVersion").asText()),
                        "removed: " + object.path("apiVersion")));
        rules().forEach(rule -> {
            rule.path("apiGroups")
                    .forEach(group -> check(!REMOVED_GROUPS.contains(group.asText()), "removed: " + group.asText()));
            rule.path("resources")
                    .forEach(resource ->
                            check(!REMOVED_RESOURCES.contains(resource.asText()), "removed: " + resource.asText()));
        });
    }

    /** 17 */
    private void goodPractices() {
        check(at("/spec/install/spec/deployments").size() > 0, "no deployment");
        containers().forEach(container -> {
            var requests = container.at("/resources/requests");
            check(requests.has("cpu") && requests.has("memory"), "a container without requests");
        });
        rules().filter(rule -> contains(rule, "resources", "customresourcedefinitions"))
                .forEach(rule -> check(
                        !contains(rule, "verbs", "create") && !contains(rule, "verbs", "patch"), "makes definitions"));
    }

    /** 4, and that one finds all images that the operator runs. */
    private void images() {
        var related = stream(at("/spec/relatedImages"))
                .map(one -> one.path("image").asText())
                .toList();
        check(related.size() == Set.copyOf(related).size(), "an image is related twice");
        related.forEach(image -> check(PULL_SPEC.matcher(image).matches(), "image " + image));
        related.forEach(image -> check(!image.endsWith(":latest"), "image " + image));
        containers().forEach(container -> {
            var image = container.path("image").asText();
            check(related.contains(image), "not among the related images: " + image);
            check(annotation("containerImage").equals(image), "containerImage is not that of the deployment");
        });
        var variables = containers()
                .flatMap(container -> stream(container.path("env")))
                .filter(variable -> variable.path("name").asText().startsWith("RELATED_IMAGE_"))
                .map(variable -> variable.path("value").asText())
                .toList();
        check(related.containsAll(variables), "a variable's image is not related");
        check(variables.size() == related.size() - 1, "images of operands without a variable");
    }

    /** 18: a validator takes the container "manager" for the operator's; without one, all of them, which is ours. */
    private void architectures() {
        var names =
                containers().map(container -> container.path("name").asText()).toList();
        check(names.equals(List.of(Release.PACKAGE)), "not only the operator's container: " + names);
        var labelled = labels("operatorframework.io/arch.");
        check(ARCHITECTURES.equals(labelled), "architectures " + labelled);
        check(labels("operatorframework.io/os.").equals(Set.of("linux")), "systems");
        deployments().forEach(deployment -> {
            check(labelled.equals(affinity(deployment, "kubernetes.io/arch")), "architectures of nodes");
            check(affinity(deployment, "kubernetes.io/os").equals(Set.of("linux")), "systems of nodes");
        });
    }

    private Set<String> labels(String prefix) {
        var labels = new HashSet<String>();
        at("/metadata/labels").fields().forEachRemaining(label -> {
            if (label.getKey().startsWith(prefix) && label.getValue().asText().equals("supported")) {
                labels.add(label.getKey().substring(prefix.length()));
            }
        });
        return labels;
    }

    private static Set<String> affinity(JsonNode deployment, String key) {
        var values = new HashSet<String>();
        stream(deployment.at("/spec/template/spec/affinity/nodeAffinity"
                        + "/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0/matchExpressions"))
                .filter(expression -> expression.path("key").asText().equals(key))
                .forEach(expression -> expression.path("values").forEach(value -> values.add(value.asText())));
        return values;
    }

    /** Scorecard: olm-crds-have-resources, olm-spec-descriptors, olm-status-descriptors. */
    private void descriptors() {
        for (var owned : at("/spec/customresourcedefinitions/owned")) {
            check(owned.path("resources").size() > 0, "no resources");
            var spec = new HashSet<String>();
            owned.path("specDescriptors")
                    .forEach(one -> spec.add(one.path("path").asText()));
            json("alm-examples").forEach(example -> example.path("spec")
                    .fieldNames()
                    .forEachRemaining(field -> check(spec.contains(field), "no descriptor of spec." + field)));
            check(owned.path("statusDescriptors").size() > 0, "no descriptor of the status");
            Stream.of("specDescriptors", "statusDescriptors")
                    .flatMap(list -> stream(owned.path(list)))
                    .forEach(one -> check(
                            one.path("description").asText().length() > 10,
                            "no description of " + one.path("path").asText()));
        }
    }

    private void rights() {
        var accounts = stream(at("/spec/install/spec/permissions"))
                .map(one -> one.path("serviceAccountName").asText())
                .toList();
        deployments()
                .forEach(deployment -> check(
                        accounts.contains(deployment
                                .at("/spec/template/spec/serviceAccountName")
                                .asText()),
                        "a deployment without rights"));
        rules().forEach(rule -> Stream.of("apiGroups", "resources", "verbs")
                .forEach(list -> check(!contains(rule, list, "*"), "a wildcard in " + rule)));
        check(at("/spec/install/spec/clusterPermissions").isMissingNode(), "rights in the whole cluster in any mode");
        // 19: the right to make budgets belongs to those of the ClusterServiceVersion.
        others().flatMap(object -> stream(object.path("rules")))
                .forEach(rule -> check(!changes(rule, "poddisruptionbudgets"), "an object lets budgets be changed"));
        rules().forEach(rule -> check(!changes(rule, "securitycontextconstraints"), "changes what pods are allowed"));
    }

    private Stream<JsonNode> rules() {
        return Stream.concat(
                Stream.of("permissions", "clusterPermissions")
                        .flatMap(kind -> stream(at("/spec/install/spec/" + kind)))
                        .flatMap(permission -> stream(permission.path("rules"))),
                others().flatMap(object -> stream(object.path("rules"))));
    }

    private Stream<JsonNode> deployments() {
        return stream(at("/spec/install/spec/deployments"));
    }

    private Stream<JsonNode> containers() {
        return deployments().flatMap(deployment -> stream(deployment.at("/spec/template/spec/containers")));
    }

    private Stream<JsonNode> definitions() {
        return bundle.manifests().stream()
                .filter(object -> object.path("kind").asText().equals("CustomResourceDefinition"));
    }

    private Stream<JsonNode> others() {
        return bundle.manifests().stream().filter(object -> !Set.of("CustomResourceDefinition", "ClusterServiceVersion")
                .contains(object.path("kind").asText()));
    }

    private JsonNode csv() {
        return bundle.manifests().stream()
                .filter(object -> object.path("kind").asText().equals("ClusterServiceVersion"))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode at(String path) {
        return csv().at(path);
    }

    private String annotation(String key) {
        return at("/metadata/annotations").path(key).asText();
    }

    private JsonNode json(String annotation) {
        try {
            return Yaml.JSON.readTree(annotation(annotation));
        } catch (JsonProcessingException e) {
            return Yaml.JSON.createArrayNode();
        }
    }

    private static boolean changes(JsonNode rule, String resource) {
        return contains(rule, "resources", resource)
                && CHANGES.stream().anyMatch(verb -> contains(rule, "verbs", verb));
    }

    private static boolean contains(JsonNode rule, String list, String value) {
        return stream(rule.path(list)).anyMatch(one -> one.asText().equals(value));
    }

    private long compressed() {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(Yaml.JSON.writeValueAsBytes(Yaml.JSON.createArrayNode().addAll(bundle.manifests())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.size();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return list instanceof ArrayNode ? StreamSupport.stream(list.spliterator(), false) : Stream.empty();
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            findings.add(otherwise);
        }
    }
}
