package io.paodin.monitoring.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rights that the installed operator has been granted, and those that it has used, as "verb group/resource".
 *
 * @param auditLog of the API server, with at least the metadata of the operator's requests
 * @param since when it was installed: what an earlier one was refused that was being uninstalled is of no concern
 */
public record Rights(KubernetesClient client, Path auditLog, Instant since) {

    /** Objects of somebody else in the way of those of {@code deploy/samples/thanos.yaml}, one of each kind. */
    public static final String OBSTACLES = "src/test/resources/install/obstacles.yaml";

    private static final String OPERATOR = "paodin-monitoring";
    private static final String USER = "system:serviceaccount:paodin-monitoring:paodin-monitoring";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What there may be no occasion for, with the reason why it is granted all the same. */
    private static final Set<String> OCCASIONAL = Set.of(
            // asked for by the API server itself, where it enforces permissions of owner references
            "update monitoring.paodin.io/thanos/finalizers",
            // the same news a second time counts up the event of the first
            "get /events",
            "patch /events");

    /** Requests for which the operator had no right. */
    public List<JsonNode> refused() {
        return requests()
                .filter(request -> request.path("annotations")
                        .path("authorization.k8s.io/decision")
                        .asText()
                        .equals("forbid"))
                .toList();
    }

    /** What is granted, and was never needed, though there was occasion for it. */
    public Set<String> unused() {
        var unused = granted();
        unused.removeAll(used());
        unused.removeAll(OCCASIONAL);
        return unused;
    }

    /** The rights that were needed for what succeeded. */
    public Set<String> used() {
        return requests()
                .filter(request -> status(request) < 400 || status(request) == 404 || status(request) == 409)
                .flatMap(Rights::rightsOf)
                .filter(right -> !right.contains("authorization.k8s.io/"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> rightsOf(JsonNode request) {
        var object = request.path("objectRef");
        var subresource = object.path("subresource").asText();
        var resource = object.path("apiGroup").asText() + "/"
                + object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource);
        var verb = request.path("verb").asText();
        // an apply that creates needs both rights
        return verb.equals("patch") && status(request) == 201
                ? Stream.of("patch " + resource, "create " + resource)
                : Stream.of(verb + " " + resource);
    }

    private Set<String> granted() {
        return Stream.concat(
                        client.rbac().clusterRoles().withName(OPERATOR).get().getRules().stream(),
                        client.rbac().roles().inNamespace(OPERATOR).list().getItems().stream()
                                .flatMap(role -> role.getRules().stream()))
                .flatMap(Rights::rightsOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> rightsOf(PolicyRule rule) {
        return rule.getApiGroups().stream()
                .flatMap(group -> rule.getResources().stream().map(resource -> group + "/" + resource))
                .flatMap(resource -> rule.getVerbs().stream().map(verb -> verb + " " + resource));
    }

    private Stream<JsonNode> requests() {
        try {
            return Files.readAllLines(auditLog).stream()
                    .filter(line -> line.contains(USER) && line.endsWith("}"))
                    .map(Rights::parse)
                    .filter(request ->
                            USER.equals(request.path("user").path("username").asText()))
                    .filter(request -> request.has("objectRef"))
                    .filter(request -> !received(request).isBefore(since));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant received(JsonNode request) {
        return Instant.parse(request.path("requestReceivedTimestamp").asText());
    }

    private static int status(JsonNode request) {
        return request.path("responseStatus").path("code").asInt();
    }
}
