package io.paodin.monitoring.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the embedded API server has and a real one has not: its journal, its faults, its simulated controllers. */
class ApiServerTest {

    private static final String WIDGETS = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {kind: Widget, plural: widgets, singular: widget, shortNames: [wd], categories: [things]}
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                  subresources:
                    status: {}
                    scale: {specReplicasPath: .spec.size, statusReplicasPath: .status.size}
            """;

    private static final String WORKLOADS = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d}
            spec:
              replicas: 2
              selector: {matchLabels: {app: d}}
              template: {metadata: {labels: {app: d}}, spec: {containers: [{name: c, image: 'i:1'}]}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: s}
            spec:
              replicas: 3
              serviceName: s
              selector: {matchLabels: {app: s}}
              template: {metadata: {labels: {app: s}}, spec: {containers: [{name: c, image: 'i:1'}]}}
            """;

    private ApiServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() {
        server = ApiServer.start();
        client = newClient();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void saysThatThePortIsInUse() {
        int port = URI.create(server.url()).getPort();

        assertThatThrownBy(() -> ApiServer.start(port)).isInstanceOf(BindException.class);
    }

    @Test
    void refusesWhatIsNotAdmitted() {
        server.admit("ConfigMap", object -> Optional.of("no maps today")
                .filter(no -> object.at("/data/x").asText().equals("1")));

        assertThatThrownBy(() -> client.resource(map("refused", "1")).create()).hasMessageContaining("no maps today");
        client.resource(map("refused", "2")).create();
        assertThatThrownBy(() -> apply("refused", "1")).hasMessageContaining("no maps today");
        server.admit("ConfigMap", object -> Optional.empty());
    }

    @Test
    void notesRequestsInTheWordsOfRbac() {
        int mark = server.journal().mark();

        client.resource(map("a", "1")).create();
        apply("a", "2");
        client.configMaps().inNamespace("default").withName("a").get();
        client.configMaps().inAnyNamespace().list();
        client.resource(map("missing", "1")).get();
        client.resource(map("a", "1")).delete();

        assertThat(server.journal().since(mark))
                .allSatisfy(request -> assertThat(request.resource()).isEqualTo("configmaps"))
                .allSatisfy(request -> assertThat(request.userAgent()).startsWith("fabric8"))
                .extracting(Request::verb, Request::namespace, Request::name, Request::isApply, Request::status)
                .containsExactly(
                        tuple("create", "default", "", false, 201),
                        tuple("patch", "default", "a", true, 200),
                        tuple("get", "default", "a", false, 200),
                        tuple("list", "", "", false, 200),
                        tuple("get", "default", "missing", false, 404),
                        tuple("delete", "default", "a", false, 200));
        assertThat(server.journal().writesSince(mark)).hasSize(3);
    }

    @Test
    void crashesBeforeAWrite() {
        server.onWrite((index, request) -> index == 1 ? Fault.CRASH_BEFORE : Fault.NONE);

        apply("a", "1");
        assertThatThrownBy(() -> apply("b", "1")).isInstanceOf(KubernetesClientException.class);
        assertThatThrownBy(() -> read("a")).isInstanceOf(KubernetesClientException.class);
        assertThat(server.isCrashed()).isTrue();

        server.revive();
        assertThat(read("a")).isNotNull();
        assertThat(read("b")).isNull();
    }

    @Test
    void crashesAfterAWrite() {
        server.onWrite((index, request) -> index == 1 ? Fault.CRASH_AFTER : Fault.NONE);

        apply("a", "1");
        assertThatThrownBy(() -> apply("b", "1")).isInstanceOf(KubernetesClientException.class);
        assertThatThrownBy(() -> apply("c", "1")).isInstanceOf(KubernetesClientException.class);

        server.revive();
        assertThat(read("b")).isNotNull();
        assertThat(read("c")).isNull();
    }

    @Test
    void answersAWriteWithAnError() {
        server.onWrite(
                request -> request.name().equals("b"), (index, request) -> index == 0 ? Fault.error(503) : Fault.NONE);

        apply("a", "1");
        var failure = catchThrowableOfType(KubernetesClientException.class, () -> apply("b", "1"));

        assertThat(failure.getCode()).isEqualTo(503);
        assertThat(failure.getStatus().getReason()).isEqualTo("ServiceUnavailable");
        assertThat(read("b")).isNull();
        assertThat(apply("b", "1")).isNotNull();
    }

    @Test
    @Timeout(60)
    void cutsWatchesInACrash() throws IOException {
        var path = URI.create(server.url() + "/api/v1/namespaces/default/configmaps?watch=true");
        var answer = HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(path).build(), HttpResponse.BodyHandlers.ofInputStream());
        server.load("{apiVersion: v1, kind: ConfigMap, metadata: {name: before}}");
        try (var events = answer.join().body()) {
            assertThat(events.read()).isEqualTo('{');

            server.crash();

            assertThatThrownBy(events::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void makesWorkloadsReadyAfterEveryChange() {
        server.load(WORKLOADS);

        await().untilAsserted(() -> {
            assertThat(deployment().getStatus().getReadyReplicas()).isEqualTo(2);
            assertThat(deployment().getStatus().getConditions())
                    .extracting(c -> c.getType() + "=" + c.getStatus())
                    .containsExactly("Available=True", "Progressing=True");
            assertThat(statefulSet().getStatus().getAvailableReplicas()).isEqualTo(3);
        });
        String revision = statefulSet().getStatus().getCurrentRevision();

        server.load(WORKLOADS.replace("i:1", "i:2"));

        await().untilAsserted(() -> {
            assertThat(deployment().getStatus().getObservedGeneration()).isEqualTo(2);
            assertThat(statefulSet().getStatus().getObservedGeneration()).isEqualTo(2);
            assertThat(statefulSet().getStatus().getUpdateRevision()).isNotEqualTo(revision);
        });
    }

    @Test
    void leavesTheReadinessToATest() {
        server.workloads().mode(Workloads.Mode.MANUAL);
        server.load(WORKLOADS);
        server.workloads().ready("StatefulSet", "default", "s", 2);
        assertThat(statefulSet().getStatus().getReadyReplicas()).isEqualTo(2);
        assertThat(deployment().getStatus().getReadyReplicas()).isNull();
        assertThat(deployment().getStatus().getObservedGeneration()).isNull();

        server.load(WORKLOADS.replace("i:1", "i:2"));
        server.workloads().report("StatefulSet", "default", "s", 1, 2);
        assertThat(statefulSet().getStatus())
                .satisfies(status -> assertThat(status.getUpdatedReplicas()).isEqualTo(1))
                .satisfies(status -> assertThat(status.getCurrentReplicas()).isEqualTo(2))
                .satisfies(status -> assertThat(status.getUpdateRevision()).isNotEqualTo(status.getCurrentRevision()));
    }

    @Test
    void servesCustomResources() {
        server.load(WIDGETS);
        GenericKubernetesResource widget =
                client.getKubernetesSerialization().unmarshal("""
                        apiVersion: example.com/v1
                        kind: Widget
                        metadata: {name: w, namespace: default}
                        spec: {size: 1}
                        status: {size: 7}
                        """, GenericKubernetesResource.class);

        client.resource(widget).fieldManager("us").serverSideApply();
        var widgets =
                client.genericKubernetesResources("example.com/v1", "Widget").inNamespace("default");
        assertThat(widgets.withName("w").get().<Object>get("status")).isNull();

        client.resource(widget)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("us")
                        .build());
        assertThat(widgets.withName("w").get().<Integer>get("status", "size")).isEqualTo(7);
        assertThat(widgets.withName("w").get().getMetadata().getGeneration()).isEqualTo(1);
        assertThat(widgets.withName("w").get().getMetadata().getManagedFields())
                .extracting(entry -> entry.getManager() + "/" + entry.getSubresource())
                .containsExactly("us/null", "us/status");

        widgets.withName("w").scale(3);
        assertThat(widgets.withName("w").get().<Integer>get("spec", "size")).isEqualTo(3);

        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("widgets.example.com")
                .delete();
        assertThatThrownBy(() -> widgets.list()).isInstanceOf(KubernetesClientException.class);
    }

    @Test
    void comparesWhatTwoRunsLeaveBehind() {
        String yaml = """
                {apiVersion: v1, kind: Namespace, metadata: {name: NAME}}
                ---
                {apiVersion: v1, kind: ConfigMap, metadata: {name: b, namespace: NAME}, data: {x: '1'}}
                ---
                {apiVersion: v1, kind: Secret, metadata: {name: a, namespace: NAME}, stringData: {x: '1'}}
                """;
        server.load(yaml.replace("NAME", "one"));
        server.load(yaml.replace("NAME", "two"));
        client.resource(client.configMaps().inNamespace("two").withName("b").get())
                .edit(map -> new ConfigMapBuilder(map).addToData("x", "2").build());
        assertThat(server.snapshot("two").replace("two", "one")).isNotEqualTo(server.snapshot("one"));

        client.resource(client.configMaps().inNamespace("two").withName("b").get())
                .edit(map -> new ConfigMapBuilder(map).addToData("x", "1").build());
        assertThat(server.snapshot("two").replace("two", "one"))
                .isEqualTo(server.snapshot("one"))
                .contains("configmaps/b", "secrets/a");
    }

    @Test
    void showsEventsThroughBothApis() {
        client.resource(client.getKubernetesSerialization().unmarshal("""
                                apiVersion: events.k8s.io/v1
                                kind: Event
                                metadata: {name: e, namespace: default}
                                reason: Why
                                note: what happened
                                regarding: {kind: ConfigMap, name: a}
                                """, Event.class))
                .create();

        assertThat(client.v1().events().inNamespace("default").withName("e").get())
                .satisfies(event -> assertThat(event.getMessage()).isEqualTo("what happened"))
                .satisfies(
                        event -> assertThat(event.getInvolvedObject().getName()).isEqualTo("a"));
        assertThat(client.events()
                        .v1()
                        .events()
                        .inNamespace("default")
                        .withName("e")
                        .get()
                        .getNote())
                .isEqualTo("what happened");
    }

    @Test
    void emptiesNamespacesBeforeTheyGo() {
        server.load("{apiVersion: v1, kind: Namespace, metadata: {name: gone}}");
        server.load("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: gone}}");

        client.namespaces().withName("gone").delete();

        await().untilAsserted(() ->
                assertThat(client.namespaces().withName("gone").get()).isNull());
        assertThat(client.configMaps().inAnyNamespace().list().getItems()).isEmpty();
    }

    private KubernetesClient newClient() {
        return new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
    }

    private ConfigMap apply(String name, String value) {
        return client.resource(map(name, value))
                .fieldManager("us")
                .forceConflicts()
                .serverSideApply();
    }

    private ConfigMap read(String name) {
        return client.configMaps().inNamespace("default").withName(name).get();
    }

    private Deployment deployment() {
        return client.apps().deployments().inNamespace("default").withName("d").get();
    }

    private StatefulSet statefulSet() {
        return client.apps().statefulSets().inNamespace("default").withName("s").get();
    }

    private static ConfigMap map(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withData(Map.of("x", value))
                .build();
    }
}
