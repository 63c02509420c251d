package io.paodin.monitoring.olm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code deploy/olm/v1.yaml}: the installation with OLM v1, which acts with the rights of an account that is made for it. It may
 * grant the operator's rights only if it has them.
 */
public final class ClusterExtension {

    public static final Path COMMITTED = Path.of("deploy", "olm", "v1.yaml");

    private static final String BEFORE = """
            # With OLM v1: kubectl apply --filename deploy/olm/v1.yaml
            # Generated, for the rights of the account; do not edit.
            apiVersion: v1
            kind: Namespace
            metadata:
              name: paodin-monitoring
              labels:
                pod-security.kubernetes.io/enforce: restricted
                pod-security.kubernetes.io/audit: restricted
                pod-security.kubernetes.io/warn: restricted
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata:
              name: paodin-monitoring-installer
              namespace: paodin-monitoring
            ---
            """;

    private static final String AFTER = """
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata:
              name: paodin-monitoring-installer
            roleRef:
              apiGroup: rbac.authorization.k8s.io
              kind: ClusterRole
              name: paodin-monitoring-installer
            subjects:
            - kind: ServiceAccount
              name: paodin-monitoring-installer
              namespace: paodin-monitoring
            ---
            apiVersion: olm.operatorframework.io/v1
            kind: ClusterCatalog
            metadata:
              name: paodin-monitoring
            spec:
              source:
                type: Image
                image:
                  ref: quay.io/paodin/paodin-monitoring-catalog:latest
                  pollIntervalMinutes: 60
            ---
            apiVersion: olm.operatorframework.io/v1
            kind: ClusterExtension
            metadata:
              name: paodin-monitoring
            spec:
              namespace: paodin-monitoring
              serviceAccount:
                name: paodin-monitoring-installer
              source:
                sourceType: Catalog
                catalog:
                  packageName: paodin-monitoring
                  channels: [stable]
            """;

    private ClusterExtension() {}

    /** @param operator the install manifest */
    public static String file(List<HasMetadata> operator) {
        return BEFORE + Yaml.text(role(operator)) + AFTER;
    }

    private static ObjectNode role(List<HasMetadata> operator) {
        var role = Yaml.JSON
                .createObjectNode()
                .put("apiVersion", "rbac.authorization.k8s.io/v1")
                .put("kind", "ClusterRole");
        role.putObject("metadata").put("name", "paodin-monitoring-installer");
        var rules = role.putArray("rules");
        // what the bundle holds
        var whole = List.of("create", "list", "watch", "get", "update", "patch", "delete");
        rule(rules, "apiextensions.k8s.io", List.of("customresourcedefinitions"), List.of("create", "list", "watch"));
        rule(
                        rules,
                        "apiextensions.k8s.io",
                        List.of("customresourcedefinitions"),
                        List.of("get", "update", "patch", "delete"))
                .putArray("resourceNames")
                .add("thanos.monitoring.paodin.io");
        rule(rules, "rbac.authorization.k8s.io", List.of("clusterroles", "clusterrolebindings"), whole);
        rule(rules, "", List.of("serviceaccounts", "services"), whole);
        rule(rules, "apps", List.of("deployments"), whole);
        rule(rules, "olm.operatorframework.io", List.of("clusterextensions/finalizers"), List.of("update"))
                .putArray("resourceNames")
                .add("paodin-monitoring");
        // what OLM adds to an operator for all namespaces
        rule(rules, "", List.of("namespaces"), List.of("get", "list", "watch"));
        rulesOf(operator).forEach(rule -> rules.add(Yaml.JSON.<ObjectNode>valueToTree(rule)));
        return role;
    }

    /** All that the operator may do, in whatever role. */
    static Stream<PolicyRule> rulesOf(List<HasMetadata> operator) {
        return operator.stream()
                .flatMap(object -> object instanceof ClusterRole role
                        ? role.getRules().stream()
                        : object instanceof Role role ? role.getRules().stream() : Stream.empty());
    }

    private static ObjectNode rule(ArrayNode rules, String group, List<String> resources, List<String> verbs) {
        var rule = rules.addObject();
        rule.putArray("apiGroups").add(group);
        resources.forEach(rule.putArray("resources")::add);
        verbs.forEach(rule.putArray("verbs")::add);
        return rule;
    }
}
