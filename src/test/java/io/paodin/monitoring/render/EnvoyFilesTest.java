package io.paodin.monitoring.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.api.v1alpha1.TlsVersion;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Examples;
import io.paodin.monitoring.model.HostName;
import io.paodin.monitoring.model.Inputs;
import io.paodin.monitoring.model.PublishedStores;
import io.paodin.monitoring.model.RandomSpecs;
import io.paodin.monitoring.model.SecuredStore;
import io.paodin.monitoring.model.Store;
import io.paodin.monitoring.model.StoreAccess;
import io.paodin.monitoring.model.StoreInputs;
import io.paodin.monitoring.model.StoreMaterial;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files that the proxy of a query reads. */
@QuarkusTest
class EnvoyFilesTest {

    private static final GoldenCase SECURED =
            new GoldenCase("secured-stores", Path.of("src/test/resources/golden/secured-stores/thanos.yaml"));

    @Inject
    ManifestRenderer renderer;

    @Inject
    KubernetesSerialization serialization;

    @TestFactory
    Stream<DynamicTest> whatHasKeptStoresFromAnsweringIsInNoCase() throws IOException {
        return GoldenCase.all()
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> {
                    var objects = renderer.render(one.cluster(serialization));
                    if (objects.stream().anyMatch(Secret.class::isInstance)) {
                        assertThat(EnvoyRules.problems(EnvoyPod.files(objects), older(one)))
                                .isEmpty();
                    }
                }));
    }

    /** Each rule is broken once: none is there in vain. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    bootstrap.yaml | pipe:                                    | socket_address:    | admin is exposed
                    bootstrap.yaml | mode: 384                                | mode: 511          | others may use
                    bootstrap.yaml | watched_directory:                       | watched:           | never read again
                    bootstrap.yaml | path: /stats/prometheus                  | path: /config_dump | a page of the admin
                    bootstrap.yaml | exact: GET                               | exact: POST        | not only GET
                    bootstrap.yaml | fixed_heap                               | other              | no guard
                    bootstrap.yaml | bypass_overload_manager: true            | bypass: true       | fails under load
                    bootstrap.yaml | envoy.overload_actions.shrink_heap       | other              | nothing is done
                    bootstrap.yaml | envoy.overload_actions.stop_accepting_requests | other        | nothing is done
                    bootstrap.yaml | value: 0.95                              | value: 1           | nothing is done
                    listeners.yaml | address: 127.0.0.1                       | address: 0.0.0.0   | for everybody
                    listeners.yaml | port_value: 11001                        | port_value: 11000  | a port twice
                    listeners.yaml | port_value: 11001                        | port_value: 9902   | a port twice
                    listeners.yaml | timeout: 0s                              | timeout: 15s       | is cut off
                    listeners.yaml | stream_idle_timeout: 0s                  | idle: 0s           | that thinks
                    listeners.yaml | validate_clusters: false                 | x: false           | read before
                    listeners.yaml | codec_type: HTTP2                        | codec_type: AUTO   | not HTTP/2
                    listeners.yaml | reset-before-request                     | reset              | may come twice
                    listeners.yaml | num_retries: 1                           | num_retries: 5     | more than one request
                    listeners.yaml | num_retries: 1                           | retries: 1         | more than one request
                    listeners.yaml | grpc_timeout_header_max: 0s              | grpc_timeout_header_max: 9s | own limit
                    listeners.yaml | max_stream_duration                      | stream_duration    | own limit
                    listeners.yaml | host_rewrite_literal                     | host               | knows no host
                    listeners.yaml | suppress_envoy_headers: true             | x: true            | told of the proxy
                    listeners.yaml | max_concurrent_streams: 1024             | x: 1024            | that could wait
                    listeners.yaml | max_concurrent_streams: 1024             | max_concurrent_streams: 1025 | that could wait
                    listeners.yaml | initial_stream_window_size               | x                  | fill the memory
                    listeners.yaml | initial_connection_window_size           | x                  | fill the memory
                    listeners.yaml | 'cluster: "token'                        | 'cluster: "x'      | to no cluster
                    listeners.yaml | typed_config                             | config             | no type
                    listeners.yaml | envoy.filters.http.router                | envoy.other        | not the router
                    listeners.yaml | overwrite: true                          | overwrite: false   | is kept
                    listeners.yaml | 'name: "credential-token'                | 'name: "other'     | of that name
                    listeners.yaml | '/etc/envoy/stores/credential-token'     | '/etc/envoy/stores/x' | does not exist
                    clusters.yaml  | match_typed_subject_alt_names            | match_names        | any certificate
                    clusters.yaml  | match_typed_subject_alt_names            | match_subject_alt_names | an outdated field
                    clusters.yaml  | trusted_ca                               | ca                 | without authorities
                    clusters.yaml  | transport_socket                         | socket             | in the clear
                    clusters.yaml  | 'sni: "ingress'                          | 'x: "ingress'      | ask for the host
                    clusters.yaml  | 'sni: "ingress'                          | 'sni: "other'      | ask for the host
                    clusters.yaml  | tls_maximum_protocol_version             | x                  | TLS 1.3 is not
                    clusters.yaml  | 'maximum_protocol_version: "TLSv1_3'     | 'maximum_protocol_version: "TLSv1_2' | TLS 1.3 is not
                    clusters.yaml  | 'maximum_protocol_version: "TLSv1_2'     | 'maximum_protocol_version: "TLSv1_3' | TLS 1.3 is not
                    clusters.yaml  | tls_minimum_protocol_version             | x                  | no oldest version
                    clusters.yaml  | '[h2]'                                   | '[h2, http/1.1]'   | another protocol
                    clusters.yaml  | dns_lookup_family: ALL                   | x: ALL             | never tried
                    clusters.yaml  | circuit_breakers                         | x                  | no circuit breakers
                    clusters.yaml  | outlier_detection                        | x                  | no outlier detection
                    clusters.yaml  | tcp_keepalive                            | x                  | not noticed
                    clusters.yaml  | interval: 300s                           | interval: 299s     | pinged that often
                    clusters.yaml  | connection_keepalive                     | x                  | pinged that often
                    clusters.yaml  | http2_protocol_options                   | http_protocol_options | not HTTP/2
                    clusters.yaml  | 'type: STATIC'                           | 'type: EDS'        | to find the server
                    clusters.yaml  | 'cluster_name: "'                        | 'cluster_name: "x' | another name
                    clusters.yaml  | connect_timeout: 5s                      | dns_refresh_rate: 5s | an outdated field
                    """)
    void everyRuleFindsWhatItIsThereFor(String file, String text, String other, String problem) throws IOException {
        var files = EnvoyPod.files(renderer.render(SECURED.cluster(serialization)));
        assertThat(files.get(file)).contains(text);
        files.put(file, files.get(file).replace(text, other));
        assertThat(EnvoyRules.problems(files, older(SECURED))).anyMatch(found -> found.contains(problem));
    }

    /** The clusters of the stores for which a resource says so. */
    private Set<String> older(GoldenCase one) throws IOException {
        return one.thanos(serialization).getSpec().query.stores.stream()
                .filter(store -> store.tlsConfig != null && store.tlsConfig.maxVersion == TlsVersion.TLS12)
                .flatMap(store -> store.addresses.stream()
                        .map(address -> SecuredStore.addressId(
                                store.name == null ? store.addresses.get(0) : store.name, address)))
                .collect(Collectors.toSet());
    }

    @Test
    void aListenerThatChangesGivesItsConnectionsUpAtOnceAndAnswersWhatWasAsked() throws IOException {
        var query = SECURED.cluster(serialization).query().orElseThrow();
        assertThat(query.envoy().orElseThrow().args())
                .containsSequence("--drain-time-s", "120", "--drain-strategy", "immediate");
    }

    @Test
    void whatWasPublishedIsReadBackAsItWas() throws IOException {
        var cluster = SECURED.cluster(serialization);
        var published = published(renderer.render(cluster));
        assertThat(published.isEmpty()).isFalse();
        assertThat(stores(cluster)).isNotEmpty().isEqualTo(published.stores());
        assertThat(published.ports()).hasSize(6);
    }

    @Test
    void whatSomebodyHasWrittenInsteadIsNoReasonToFail() {
        for (var text :
                List.of("", "resources", "resources: 1", "resources: [1, {name: 1}]", "{", "a: &a [*a]", "\t")) {
            assertThat(PublishedStores.of(Map.of("listeners.yaml", text, "clusters.yaml", text))
                            .ports())
                    .isEmpty();
        }
    }

    /** Over whole lists of stores, as a resource may have them one after the other. */
    @Test
    void portsStayWhateverIsInsertedRemovedOrReordered() {
        for (long seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var names = new ArrayList<String>();
            var known = new TreeMap<String, Integer>();
            var published = PublishedStores.NONE;
            for (int step = 0; step < 8; step++) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    var name = "s" + random.nextInt(12);
                    if (!names.remove(name)) {
                        names.add(name);
                    }
                }
                Collections.shuffle(names, random);
                var cluster = cluster(names, published);
                var ports = ports(cluster);
                ports.forEach((address, port) -> {
                    if (known.containsKey(address)) {
                        assertThat(port).as(address).isEqualTo(known.get(address));
                    }
                });
                known.clear();
                known.putAll(ports);
                if (!names.isEmpty()) {
                    published = published(renderer.render(cluster));
                }
            }
        }
    }

    @Test
    void noTextBreaksOutOfItsPlace() {
        for (var text : RandomSpecs.NASTY) {
            var address = new SecuredStore.Address(
                    text,
                    text,
                    11000,
                    new HostName(HostName.Type.DNS, text),
                    443,
                    text,
                    text,
                    List.of(new HostName(HostName.Type.URI, text)));
            var material = new StoreMaterial(text, text, text, text);
            var store = new SecuredStore(text, List.of(address), true, text, text, text, material);
            var inputs = new StoreInputs(Map.of(), new PublishedStores(List.of(store), false), Optional.empty());
            // What is published of an invalid resource is published as it is.
            var cluster = Cluster.of(
                    Examples.thanos("query: {replicas: -1}"), Inputs.NONE.with(inputs), Examples.DEFAULT_SETTINGS);
            var files =
                    EnvoyPod.files(List.of(renderer.renderEnvoyFiles(cluster).orElseThrow()));
            var listeners = yaml(files.get("listeners.yaml"));
            var clusters = yaml(files.get("clusters.yaml"));
            var credential = yaml(files.get("credential-" + text + ".yaml"));
            assertThat(List.of(listeners, clusters, credential)).allMatch(resources -> resources.size() == 1);
            assertThat(texts(listeners)).contains(text, text + " ");
            assertThat(texts(clusters).stream().filter(text::equals)).hasSizeGreaterThanOrEqualTo(12);
            assertThat(texts(credential)).contains(text, "credential-" + text);
        }
    }

    /** All values that are text, however deep. */
    private static List<String> texts(Object node) {
        if (node instanceof Map<?, ?> map) {
            return map.values().stream().flatMap(value -> texts(value).stream()).toList();
        }
        if (node instanceof List<?> list) {
            return list.stream().flatMap(value -> texts(value).stream()).toList();
        }
        return node instanceof String text ? List.of(text) : List.of();
    }

    @Test
    void keysAndCredentialsAreNotShownUnlessAskedFor() throws IOException {
        var cluster = SECURED.cluster(serialization);
        var open = String.join("\n", EnvoyPod.files(renderer.render(cluster)).values());
        var redacted = String.join(
                "\n", EnvoyPod.files(renderer.render(cluster.redacted())).values());
        assertThat(open).contains("BEGIN PRIVATE KEY", "made-up-token");
        assertThat(redacted)
                .doesNotContain("PRIVATE KEY", "made-up-token")
                .contains("BEGIN CERTIFICATE", "(not shown)");
        for (var store : stores(cluster)) {
            if (store.material().credential() != null) {
                assertThat(redacted).doesNotContain(store.material().credential());
            }
        }
    }

    /** With client certificates and credentials, which take the most beside their own text. */
    @Test
    void whatIsNotLeftOutFitsIntoASecret() {
        var stores = IntStream.range(0, 300).mapToObj("""
                {name: store-%1$s, addresses: ['thanos-%1$s.example.com:10901'], tlsConfig: {cert: {configMap: {name: c, key: c}}, \
                keySecret: {name: s, key: k}}, authorization: {credentials: {name: s, key: t}}}"""::formatted);
        var cluster = Cluster.of(
                Examples.thanos("query: {stores: [" + stores.collect(Collectors.joining(", ")) + "]}"),
                Inputs.NONE,
                Examples.DEFAULT_SETTINGS);
        assertThat(cluster.isValid()).isTrue();
        assertThat(stores(cluster)).hasSizeBetween(100, 299);
        var files = EnvoyPod.files(List.of(renderer.renderEnvoyFiles(cluster).orElseThrow()));
        assertThat(files.values().stream().mapToInt(String::length).sum()).isBetween(800_000, 1 << 20);
    }

    @Test
    void anInvalidResourceLeavesWhatIsPublishedAsItIs() throws IOException {
        var valid = SECURED.cluster(serialization);
        var published = published(renderer.render(valid));
        var inputs = Inputs.NONE.with(new StoreInputs(Map.of(), published, Optional.empty()));
        var invalid = Cluster.of(Examples.thanos("query: {replicas: -1}"), inputs, Examples.DEFAULT_SETTINGS);
        assertThat(invalid.isValid()).isFalse();
        assertThat(renderer.renderEnvoyFiles(invalid)).isEqualTo(renderer.renderEnvoyFiles(valid));
    }

    @Test
    void anEndedProxyLeavesAnEmptySecret() throws IOException {
        var published = published(renderer.render(SECURED.cluster(serialization)));
        var inputs = Inputs.NONE.with(new StoreInputs(Map.of(), published, Optional.empty()));
        for (var spec :
                List.of("query: {}", "query: {stores: [{addresses: ['a:1']}]}", "receive: {ingestors: [{name: a}]}")) {
            var cluster = Cluster.of(Examples.thanos(spec), inputs, Examples.DEFAULT_SETTINGS);
            assertThat(renderer.render(cluster).get(0)).isInstanceOfSatisfying(Secret.class, secret -> {
                assertThat(secret.getMetadata().getName()).isEqualTo("central-query-envoy");
                assertThat(secret.getData()).isNullOrEmpty();
            });
        }
    }

    private static List<SecuredStore> stores(Cluster cluster) {
        return cluster.query().orElseThrow().stores().stream()
                .map(Store::access)
                .flatMap(Optional::stream)
                .map(StoreAccess::published)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Map<String, Integer> ports(Cluster cluster) {
        var ports = new TreeMap<String, Integer>();
        stores(cluster).forEach(store -> store.addresses()
                .forEach(address -> ports.put(address.text(), address.listenerPort())));
        return ports;
    }

    private static Cluster cluster(List<String> names, PublishedStores published) {
        var stores = names.stream()
                .map(name -> "{name: %s, addresses: ['%s-a:1', '%s-b:1'], tlsConfig: {}}".formatted(name, name, name))
                .toList();
        return Cluster.of(
                Examples.thanos("query: {stores: [" + String.join(", ", stores) + "]}"),
                Inputs.NONE.with(new StoreInputs(Map.of(), published, Optional.empty())),
                Examples.DEFAULT_SETTINGS);
    }

    private static PublishedStores published(List<HasMetadata> objects) {
        return PublishedStores.of(EnvoyPod.files(objects));
    }

    private List<?> yaml(String text) {
        return (List<?>) serialization.unmarshal(text, Map.class).get("resources");
    }
}
