package io.paodin.monitoring.olm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bundle that packaging has left has nothing that a validator would find, and the rules do find mistakes. */
class BundleRulesIT {

    /** A common mistake, and what is said about it. */
    record Mistake(String finding, Consumer<BundleContent> edit) {
        @Override
        public String toString() {
            return finding;
        }
    }

    @Test
    void theBundleHasNeitherErrorsNorWarnings() {
        assertThat(BundleRules.findings(BundleContent.of(OlmBundle.packaged()), Release.released()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsFound(Mistake mistake) {
        var bundle = BundleContent.of(OlmBundle.packaged());
        mistake.edit().accept(bundle);
        assertThat(BundleRules.findings(bundle, List.of()))
                .anySatisfy(finding -> assertThat(finding).contains(mistake.finding()));
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                csv("owned twice", csv -> owned(csv).add(owned(csv).get(0).deepCopy())),
                csv("owned are", csv -> owned(csv, 0).put("version", "v1")),
                new Mistake("owned are", bundle -> bundle.manifests().add(otherDefinition(bundle))),
                csv("no description of", csv -> owned(csv, 0).remove("description")),
                object("not for a bundle: ServiceAccount", "ServiceAccount"),
                object("not for a bundle: NetworkPolicy", "NetworkPolicy"),
                object("not for a bundle: PodDisruptionBudget", "PodDisruptionBudget"),
                object("not for a bundle: PriorityClass", "PriorityClass"),
                csv("webhooks", csv -> spec(csv).putArray("webhookdefinitions")),
                csv("larger than", csv -> spec(csv).put("description", random())),
                new Mistake("annotation", bundle -> bundle.annotations()
                        .remove("operators.operatorframework.io.bundle.mediatype.v1")),
                new Mistake("labels of the image", bundle -> bundle.labels().put("a", "b")),
                new Mistake("channel alpha", bundle -> bundle.annotations()
                        .put("operators.operatorframework.io.bundle.channels.v1", "alpha")),
                new Mistake("the default channel", bundle -> bundle.annotations()
                        .put("operators.operatorframework.io.bundle.channel.default.v1", "fast")),
                csv("name paodin-monitoring.0.1.0", csv -> metadata(csv).put("name", "paodin-monitoring.0.1.0")),
                csv("version 0.1", csv -> spec(csv).put("version", "0.1")),
                csv("-1 of version", csv -> metadata(csv)
                        .put("name", metadata(csv).get("name").asText() + "-1")),
                csv("no DNS name", csv -> metadata(csv).put("name", "a..b")),
                csv("no DNS name", csv -> metadata(csv).put("name", "a.-b")),
                csv("no DNS name", csv -> metadata(csv).put("name", "a".repeat(64))),
                csv("replaces no DNS name", csv -> spec(csv).put("replaces", "a..b")),
                csv("replaces an unknown", csv -> spec(csv).put("replaces", "paodin-monitoring.v0.0.1")),
                csv("skipRange without", csv -> annotations(csv).put("olm.skipRange", "<1.0.0")),
                csv("alm-examples is no list", csv -> annotations(csv).put("alm-examples", "{}")),
                csv("is of no owned version", csv -> example(csv, "v1", "{\"query\": {}}")),
                csv("no example of", csv -> example(csv, "v1", "{\"query\": {}}")),
                csv("no example of \"others", csv -> owned(csv).add(otherOwned(csv))),
                csv("lacks name", csv -> example(csv, "v1alpha1", "{\"receive\": {\"ingestors\": [{}]}}")),
                csv("not in the schema", csv -> example(csv, "v1alpha1", "{\"query\": {\"bogus\": 1}}")),
                csv("has no spec", csv -> example(csv, "v1alpha1", "null")),
                csv("examples in two", csv -> annotations(csv).put("olm.examples", "[]")),
                csv("install modes", csv -> ((ArrayNode) spec(csv).get("installModes")).remove(0)),
                csv("no install mode", csv -> spec(csv).get("installModes").forEach(mode -> ((ObjectNode) mode)
                        .put("supported", false))),
                csv("minKubeVersion", csv -> spec(csv).put("minKubeVersion", "1.29")),
                csv("displayName is too short", csv -> spec(csv).put("displayName", "a")),
                csv("description is not written", csv -> spec(csv).put("description", "TODO describe the operator")),
                csv("createdAt", csv -> annotations(csv).remove("createdAt")),
                csv("createdAt", csv -> annotations(csv).put("createdAt", "28 Nov 2026")),
                csv("suggested-namespace", csv -> annotations(csv)
                        .put("operatorframework.io/suggested-namespace", "a.b")),
                csv("no annotation support", csv -> annotations(csv).remove("support")),
                csv("repository", csv -> annotations(csv).put("repository", "git@example.com")),
                csv("is written olm.skipRange", csv -> annotations(csv).put("olm.skiprange", "<1.0.0")),
                csv("olm.properties", csv -> annotations(csv).put("olm.properties", "[]")),
                csv("mail of a maintainer", csv -> ((ObjectNode) csv.at("/spec/maintainers/0")).put("email", "me")),
                csv("a link", csv -> ((ObjectNode) csv.at("/spec/links/0")).put("url", "docs")),
                csv("not one icon", csv -> ((ArrayNode) spec(csv).get("icon")).addObject()),
                csv("type of the icon", csv -> ((ObjectNode) csv.at("/spec/icon/0")).put("mediatype", "image/webp")),
                csv("no image", csv -> ((ObjectNode) csv.at("/spec/icon/0")).put("base64data", "?")),
                csv("capabilities", csv -> annotations(csv).put("capabilities", "All")),
                csv("category Observability", csv -> annotations(csv).put("categories", "Observability")),
                new Mistake("removed", bundle -> bundle.crd().put("apiVersion", "apiextensions.k8s.io/v1beta1")),
                removed("discovery.k8s.io/v1beta1"),
                removed("events.k8s.io/v1beta1"),
                removed("node.k8s.io/v1beta1"),
                removed("admissionregistration.k8s.io/v1beta1"),
                removed("coordination.k8s.io/v1beta1"),
                csv("removed: podsecuritypolicies", csv -> rule(csv, "policy", "podsecuritypolicies", "use")),
                csv("removed: extensions", csv -> rule(csv, "extensions", "ingresses", "get")),
                csv(
                        "makes definitions",
                        csv -> rule(csv, "apiextensions.k8s.io", "customresourcedefinitions", "create")),
                csv("a wildcard", csv -> rule(csv, "apps", "*", "get")),
                csv("a wildcard", csv -> rule(csv, "apps", "deployments", "*")),
                csv("without requests", csv -> ((ObjectNode) container(csv).get("resources")).remove("requests")),
                csv("no deployment", csv -> ((ArrayNode) csv.at("/spec/install/spec/deployments")).removeAll()),
                csv("a deployment without rights", csv -> ((ArrayNode) csv.at("/spec/install/spec/permissions"))
                        .removeAll()),
                role("lets budgets be changed", "policy", "poddisruptionbudgets", "create"),
                role("lets budgets be changed", "policy", "poddisruptionbudgets", "patch"),
                role("changes what pods", "security.openshift.io", "securitycontextconstraints", "update"),
                csv(
                        "changes what pods",
                        csv -> rule(csv, "security.openshift.io", "securitycontextconstraints", "patch")),
                csv("rights in the whole cluster", csv -> ((ObjectNode) csv.at("/spec/install/spec"))
                        .putArray("clusterPermissions")),
                csv("image ", csv -> ((ObjectNode) csv.at("/spec/relatedImages/0")).put("image", "")),
                csv("image ", csv -> ((ObjectNode) csv.at("/spec/relatedImages/1")).put("image", "thanos")),
                csv("not among the related", csv -> container(csv).put("image", "quay.io/a/b:1")),
                csv("containerImage is not", csv -> annotations(csv).put("containerImage", "quay.io/a/b:1")),
                csv("without a variable", csv -> ((ArrayNode) container(csv).get("env")).removeAll()),
                csv("architectures", csv -> ((ObjectNode) metadata(csv).get("labels"))
                        .put("operatorframework.io/arch.s390x", "supported")),
                csv("architectures of nodes", csv -> ((ObjectNode)
                                csv.at("/spec/install/spec/deployments/0/spec/template/spec"))
                        .remove("affinity")),
                csv("the operator's container", csv -> container(csv).put("name", "manager")),
                csv("the operator's container", csv -> ((ArrayNode)
                                csv.at("/spec/install/spec/deployments/0/spec/template/spec/containers"))
                        .add(container(csv).deepCopy().put("name", "second"))),
                csv("no descriptor of spec.query", csv -> owned(csv, 0).putArray("specDescriptors")),
                csv("no descriptor of the status", csv -> owned(csv, 0).putArray("statusDescriptors")),
                csv("no resources", csv -> owned(csv, 0).putArray("resources")));
    }

    private static Mistake csv(String finding, Consumer<ObjectNode> edit) {
        return new Mistake(finding, bundle -> edit.accept(bundle.csv()));
    }

    private static Mistake object(String finding, String kind) {
        return new Mistake(finding, bundle -> bundle.manifests()
                .add(Yaml.parse("apiVersion: v1\nkind: " + kind + "\nmetadata: {name: a}\n")));
    }

    private static Mistake removed(String version) {
        return new Mistake("removed: \"" + version, bundle -> bundle.manifests()
                .add(Yaml.parse("apiVersion: " + version + "\nkind: Any\nmetadata: {name: a}\n")));
    }

    private static Mistake role(String finding, String group, String resource, String verb) {
        return new Mistake(finding, bundle -> bundle.manifests().add(Yaml.parse("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: a}
                rules:
                - {apiGroups: [%s], resources: [%s], verbs: [%s]}
                """.formatted(group, resource, verb))));
    }

    private static ObjectNode otherOwned(ObjectNode csv) {
        return owned(csv, 0)
                .deepCopy()
                .put("name", "others.monitoring.paodin.io")
                .put("kind", "Other");
    }

    private static ObjectNode otherDefinition(BundleContent bundle) {
        var other = bundle.crd().deepCopy();
        ((ObjectNode) other.get("metadata")).put("name", "others.monitoring.paodin.io");
        return other;
    }

    private static void example(ObjectNode csv, String version, String spec) {
        annotations(csv)
                .put(
                        "alm-examples",
                        ("[{\"apiVersion\": \"monitoring.paodin.io/%s\", \"kind\": \"Thanos\","
                                        + " \"metadata\": {\"name\": \"a\"}, \"spec\": %s}]")
                                .formatted(version, spec));
    }

    private static void rule(ObjectNode csv, String group, String resource, String verb) {
        var rule = ((ArrayNode) csv.at("/spec/install/spec/permissions/0/rules")).addObject();
        rule.putArray("apiGroups").add(group);
        rule.putArray("resources").add(resource);
        rule.putArray("verbs").add(verb);
    }

    /** What cannot be compressed. */
    private static String random() {
        var bytes = new byte[2_000_000];
        new Random(1).nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static ObjectNode container(ObjectNode csv) {
        return (ObjectNode) csv.at("/spec/install/spec/deployments/0/spec/template/spec/containers/0");
    }

    private static ArrayNode owned(ObjectNode csv) {
        return (ArrayNode) csv.at("/spec/customresourcedefinitions/owned");
    }

    private static ObjectNode owned(ObjectNode csv, int index) {
        return (ObjectNode) owned(csv).get(index);
    }

    private static ObjectNode metadata(ObjectNode csv) {
        return (ObjectNode) csv.get("metadata");
    }

    private static ObjectNode annotations(ObjectNode csv) {
        return (ObjectNode) csv.at("/metadata/annotations");
    }

    private static ObjectNode spec(ObjectNode csv) {
        return (ObjectNode) csv.get("spec");
    }
}
