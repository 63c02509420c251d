package io.paodin.monitoring.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.paodin.monitoring.api.v1alpha1.StoreStatus;
import io.paodin.monitoring.apiserver.Fault;
import io.paodin.monitoring.apiserver.Request;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.controller.FlowDriver.Stage;
import io.paodin.monitoring.model.PublishedStores;
import io.paodin.monitoring.render.ManifestRenderer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator does for stores that are reached by TLS, on the embedded API server. */
@QuarkusTest
class SecuredStoresTest {

    private static final String NAMESPACE = "monitoring";
    private static final String ENVOY = "central-query-envoy";
    private static final String PLAIN = "{name: plain, addresses: ['plain:1']}";
    private static final String ONE = "{name: one, addresses: ['one:443'], caSecret: {name: ca, key: ca.crt}}";
    private static final String TWO = """
            {name: two, addresses: ['two:443'], tlsConfig: {ca: {configMap: {name: ca, key: ca.crt}}}, \
            authorization: {credentials: {name: token, key: token}}}""";

    @Inject
    OperatorConfig config;

    @Inject
    ManifestRenderer renderer;

    private Stage stage;
    private FlowDriver driver;

    @BeforeEach
    void open() throws IOException {
        stage = Stage.open();
        driver = new FlowDriver(stage, NAMESPACE, config, renderer);
        var authority = Files.readString(Path.of("src/test/resources/certificates/authority.crt"));
        secret("ca", "ca.crt", authority);
        secret("token", "token", "first");
        driver.apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: ca}
                data: {ca.crt: "%s"}
                """.formatted(authority.replace("\n", "\\n")));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private void secret(String name, String key, String content) {
        driver.apply(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: %s}
                data: {%s: %s}
                """.formatted(name, key, Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8))));
    }

    private void stores(String... stores) {
        spec("query: {stores: [%s]}".formatted(String.join(", ", stores)));
    }

    private void spec(String spec) {
        driver.apply("""
                apiVersion: monitoring.paodin.io/v1alpha1
                kind: Thanos
                metadata: {name: central}
                spec: {%s}
                """.formatted(spec));
    }

    private Secret envoy() {
        return stage.user().secrets().inNamespace(NAMESPACE).withName(ENVOY).get();
    }

    private Map<String, String> files() {
        var files = new HashMap<String, String>();
        envoy().getData()
                .forEach((name, data) ->
                        files.put(name, new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8)));
        return files;
    }

    private Deployment deployment() {
        return stage.user()
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName("central-query")
                .get();
    }

    private Object template() {
        return deployment().getSpec().getTemplate();
    }

    private boolean hasProxy() {
        return !deployment()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getInitContainers()
                .isEmpty();
    }

    private String endpoints() {
        return stage.user()
                .resources(ConfigMap.class)
                .inNamespace(NAMESPACE)
                .withName("central-query-endpoints")
                .get()
                .getData()
                .get("endpoints.yaml");
    }

    private Map<String, StoreStatus> statuses() {
        var statuses = new HashMap<String, StoreStatus>();
        driver.thanos().getStatus().stores.forEach(store -> statuses.put(store.name, store));
        return statuses;
    }

    private List<String> degraded() {
        return driver.thanos().getStatus().conditions.stream()
                .filter(condition -> condition.getType().equals("Degraded"))
                .map(condition -> condition.getStatus() + " " + condition.getReason() + ": " + condition.getMessage())
                .toList();
    }

    private List<String> since(int mark) {
        return driver.operatorsWrites(mark).stream()
                .map(request -> request.verb() + " " + request.resource() + "/" + request.name())
                .filter(write -> !write.contains("events") && !write.contains("thanos"))
                .toList();
    }

    @Test
    void withoutASecuredStoreThereIsNoProxyAndNothingIsRead() {
        stores(PLAIN);
        var mark = stage.server().journal().mark();
        driver.settle();
        assertThat(hasProxy()).isFalse();
        assertThat(envoy()).isNull();
        assertThat(stage.server().journal().since(mark))
                .filteredOn(FlowDriver::isOperators)
                .extracting(Request::resource)
                .doesNotContain("secrets");
    }

    @Test
    void aSecuredStoreIsAskedThroughTheProxyAndAPlainOneIsNot() {
        stores(PLAIN, ONE, TWO);
        driver.settle();
        assertThat(hasProxy()).isTrue();
        assertThat(endpoints())
                .contains("- address: \"plain:1\"", "- address: \"127.0.0.1:11000\"", "- address: \"127.0.0.1:11001\"")
                .doesNotContain("one:443");
        assertThat(files()).containsOnlyKeys("listeners.yaml", "clusters.yaml", credentialFile());
        assertThat(files().get(credentialFile())).contains("\"first\"");
        assertThat(statuses().get("one").secured).isTrue();
        assertThat(statuses().get("one").addresses.get(0).listenerPort).isBetween(11000, 11001);
        assertThat(statuses().get("plain").secured).isFalse();
        assertThat(statuses().get("plain").addresses.get(0).listenerPort).isNull();
        assertThat(degraded()).singleElement().asString().startsWith("False");
    }

    private String credentialFile() {
        return files().keySet().stream()
                .filter(name -> name.startsWith("credential-"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whenNothingChangesNothingIsWritten() {
        stores(PLAIN, ONE, TWO);
        driver.settle();
        var mark = stage.server().journal().mark();
        driver.reconcile();
        driver.restart();
        driver.reconcile();
        assertThat(driver.operatorsWrites(mark)).isEmpty();
    }

    @Test
    void aChangedCredentialChangesTheSecretAndNothingElse() {
        stores(ONE, TWO);
        driver.settle();
        var template = template();
        var mark = stage.server().journal().mark();
        secret("token", "token", "second");
        driver.settle();
        assertThat(files().get(credentialFile())).contains("second").doesNotContain("first");
        assertThat(since(mark)).containsExactly("patch secrets/" + ENVOY);
        assertThat(template()).isEqualTo(template);
    }

    @Test
    void credentialsAreRenewedWhileTheSpecIsInvalidAndNothingElseIs() {
        stores(ONE, TWO);
        driver.settle();
        var ports = PublishedStores.of(files()).ports();
        spec("query: {logLevel: debug, stores: [%s]}, receive: {router: {replicationFactor: 3}, ingestors: [{name: a}]}"
                .formatted(TWO));
        driver.reconcile();
        secret("token", "token", "second");
        var mark = stage.server().journal().mark();
        driver.reconcile();
        assertThat(degraded()).singleElement().asString().startsWith("True InvalidSpec");
        assertThat(since(mark)).containsExactly("patch secrets/" + ENVOY);
        assertThat(files().get(credentialFile())).contains("second");
        assertThat(PublishedStores.of(files()).ports()).as("as it was").isEqualTo(ports);
    }

    @Test
    void onlyTheFirstStoreAndTheLastOneRollThePods() {
        stores(PLAIN);
        driver.settle();
        var without = template();
        stores(PLAIN, ONE);
        driver.settle();
        var with = template();
        assertThat(with).isNotEqualTo(without);
        stores(TWO, ONE, PLAIN);
        driver.settle();
        assertThat(template()).isEqualTo(with);
        stores(TWO);
        driver.settle();
        assertThat(template()).isEqualTo(with);
        stores(PLAIN);
        driver.settle();
        assertThat(template()).isEqualTo(without);
    }

    @Test
    void aPortIsKeptWhateverStoresComeAndGo() {
        stores(TWO);
        driver.settle();
        var port = PublishedStores.of(files()).ports();
        stores(ONE, TWO, PLAIN);
        driver.settle();
        assertThat(PublishedStores.of(files()).ports())
                .containsAllEntriesOf(port)
                .hasSize(2);
        driver.restart();
        stores(TWO, PLAIN);
        driver.settle();
        assertThat(PublishedStores.of(files()).ports()).isEqualTo(port);
    }

    @Test
    void theLastStoreLeavesNoSecretsBehind() {
        stores(ONE, TWO);
        driver.settle();
        stores(PLAIN);
        driver.settle();
        assertThat(hasProxy()).isFalse();
        assertThat(envoy().getData()).isNullOrEmpty();
        var mark = stage.server().journal().mark();
        driver.reconcile();
        assertThat(stage.server().journal().since(mark))
                .filteredOn(FlowDriver::isOperators)
                .isEmpty();
    }

    @Test
    void aQueryThatIsRemovedLeavesNoSecretsBehind() {
        stores(TWO);
        driver.settle();
        spec("receive: {ingestors: [{name: a}]}");
        driver.settle();
        assertThat(deployment()).isNull();
        assertThat(envoy().getData()).isNullOrEmpty();
    }

    @Test
    void credentialsAreTakenBackBeforeTheProxyGoesEvenIfTheServerFailsAtFirst() {
        stores(TWO);
        driver.settle();
        stores(PLAIN);
        stage.server()
                .onWrite(
                        request -> FlowDriver.isOperators(request)
                                && request.resource().equals("secrets"),
                        (index, request) -> index == 0 ? Fault.error(500) : Fault.NONE);
        assertThat(driver.reconcile().failure()).isPresent();
        assertThat(hasProxy())
                .as("by it the operator knows that there is something to take back")
                .isTrue();
        driver.restart();
        driver.settle();
        assertThat(hasProxy()).isFalse();
        assertThat(envoy().getData()).isNullOrEmpty();
    }

    @Test
    void aMissingSecretLeavesOutItsStoreOnlyAndIsTold() {
        stores(PLAIN, ONE, "{name: three, addresses: ['three:443'], caSecret: {name: none, key: ca.crt}}");
        var result = driver.reconcile();
        driver.settle();
        assertThat(endpoints()).contains("plain:1", "127.0.0.1:11000").doesNotContain("127.0.0.1:11001");
        assertThat(statuses().get("three").message)
                .isEqualTo(
                        "Secret none does not exist: create it with the key ca.crt; until then the store is left out");
        assertThat(statuses().get("three").addresses.get(0).listenerPort).isNull();
        assertThat(degraded()).singleElement().asString().startsWith("True StoreUnusable: store three: Secret none");
        assertThat(result.nextLook())
                .hasValueSatisfying(wait -> assertThat(wait).isLessThan(config.secretRefreshInterval()));
        assertThat(deployment()).isNotNull();
        assertThat(events()).anyMatch(event -> event.startsWith("Warning StoreUnusable store three"));

        secret("none", "ca.crt", "no certificate");
        driver.settle();
        assertThat(statuses().get("three").message).startsWith("Secret none, key ca.crt: holds no certificate");
    }

    private List<String> events() {
        return stage.user().v1().events().inNamespace(NAMESPACE).list().getItems().stream()
                .map(event -> event.getType() + " " + event.getReason() + " " + event.getMessage())
                .toList();
    }

    @Test
    void thatAStoreIsNotVerifiedIsInItsStatusAndToldOnce() {
        stores("{name: lab, addresses: ['lab:1'], tlsConfig: {insecureSkipVerify: true}}");
        driver.settle();
        driver.settle();
        assertThat(statuses().get("lab").message).contains("insecureSkipVerify");
        assertThat(degraded()).singleElement().asString().startsWith("False");
        assertThat(events())
                .filteredOn(event -> event.startsWith("Warning StoreNotice store lab: tlsConfig.insecureSkipVerify"))
                .hasSize(1);
    }

    @Test
    void aSecretOfSomebodyElseIsLeftAloneAndNotMounted() {
        driver.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %s}
                data: {mine: bWluZQ==}
                """.formatted(ENVOY));
        stores(PLAIN);
        driver.settle();
        stores(PLAIN, ONE);
        driver.settle();
        assertThat(envoy().getData()).isEqualTo(Map.of("mine", "bWluZQ=="));
        assertThat(hasProxy()).isFalse();
        assertThat(degraded()).singleElement().asString().startsWith("True ForeignObject");
    }

    @Test
    void asLongAsItIsNotKnownWhatTheProxyWasToldItIsToldNothing() {
        stores(ONE, TWO);
        driver.settle();
        var before = envoy().getData();
        stores(TWO);
        failToGet(ENVOY);
        assertThatThrownBy(() -> driver.reconcile()).isInstanceOf(KubernetesClientException.class);
        assertThat(envoy().getData()).isEqualTo(before);
    }

    private void failToGet(String secret) {
        stage.server()
                .failReads(request -> FlowDriver.isOperators(request)
                        && request.resource().equals("secrets")
                        && secret.equals(request.name()));
    }

    @Test
    void aSecretThatCannotBeReadForAWhileChangesNothing() {
        stores(ONE, TWO);
        driver.settle();
        var before = envoy().getData();
        failToGet("token");
        driver.reconcile();
        assertThat(envoy().getData()).isEqualTo(before);
        assertThat(statuses().get("two").message).contains("it is tried again");
        assertThat(degraded()).singleElement().asString().startsWith("False");
        stage.server().revive();
        driver.settle();
        assertThat(statuses().get("two").message).isNull();
    }

    @Test
    void whatSomebodyChangesInTheSecretIsPutRight() {
        stores(ONE);
        driver.settle();
        var before = envoy().getData();
        var spoilt = new HashMap<>(before);
        spoilt.put("clusters.yaml", "AAAA");
        stage.user()
                .resource(new SecretBuilder(envoy()).withData(spoilt).build())
                .update();
        driver.settle();
        assertThat(envoy().getData()).isEqualTo(before);
    }

    @Test
    void noSecretIsInAnyOtherObject() {
        stores(ONE, TWO);
        driver.settle();
        var everything = stage.server().snapshot(NAMESPACE);
        var encoded = Base64.getEncoder().encodeToString("first".getBytes(StandardCharsets.UTF_8));
        assertThat(everything).contains(encoded).doesNotContain("\"first\"");
    }
}
