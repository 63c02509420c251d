package io.paodin.monitoring.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What has to hold for the files of Envoy, beyond what Envoy itself finds: each of these has kept somebody's stores from
 * answering, or let somebody in.
 */
final class EnvoyRules {

    private static final String STORES = "/etc/envoy/stores/";
    private static final ObjectMapper YAML = new YAMLMapper();

    /** Fields of older versions, each of which has a successor or is refused by now. */
    private static final Set<String> BANNED = Set.of(
            "access_log_path",
            "dns_lookup_family@Cluster",
            "dns_refresh_rate@Cluster",
            "dns_resolvers",
            "dns_resolution_config",
            "http2_protocol_options@Cluster",
            "match_subject_alt_names",
            "verify_subject_alt_name",
            "respect_dns_ttl@Cluster");

    /** In seconds: servers of Thanos before 0.42 close a connection that is pinged more often. */
    private static final int SHORTEST_KEEPALIVE = 300;

    /** Of requests, in bytes. */
    private static final int LARGEST_WINDOW = 1 << 20;

    /** What is done before the kernel ends a proxy that takes too much memory. */
    private static final Set<String> GUARDS =
            Set.of("envoy.overload_actions.shrink_heap", "envoy.overload_actions.stop_accepting_requests");

    private final List<String> problems = new ArrayList<>();
    private final Map<String, JsonNode> files = new TreeMap<>();
    private final Map<String, JsonNode> clusters = new LinkedHashMap<>();
    private final Set<JsonNode> ports = new HashSet<>();
    private final Set<String> older;

    private EnvoyRules(Set<String> older) {
        this.older = older;
    }

    /**
     * @param texts what the pod has, by name: {@code bootstrap.yaml}, and what is in the Secret
     * @param older the clusters for which the resource wants no newer TLS than 1.2
     */
    static List<String> problems(Map<String, String> texts, Set<String> older) {
        var rules = new EnvoyRules(older);
        texts.forEach((name, text) -> rules.files.put(name, parse(text)));
        rules.check();
        return rules.problems;
    }

    private static JsonNode parse(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check() {
        var bootstrap = files.get("bootstrap.yaml");
        bootstrap(bootstrap);
        bootstrap.at("/static_resources/clusters").forEach(c -> clusters.put(text(c, "/name"), c));
        resources("clusters.yaml").forEach(cluster -> {
            refuse(clusters.put(text(cluster, "/name"), cluster) != null, "a cluster twice", cluster);
            cluster(cluster);
        });
        bootstrap.at("/static_resources/listeners").forEach(this::probe);
        var names = new HashSet<String>();
        resources("listeners.yaml").forEach(listener -> {
            refuse(!names.add(text(listener, "/name")), "a listener twice", listener);
            listener(listener);
        });
        files.forEach((name, file) -> walk(name, "", file));
    }

    private JsonNode resources(String file) {
        return files.get(file).path("resources");
    }

    private void bootstrap(JsonNode bootstrap) {
        refuse(
                bootstrap.at("/admin/address/pipe/path").isMissingNode(),
                "the admin is exposed",
                bootstrap.at("/admin"));
        refuse(
                bootstrap.at("/admin/address/pipe/mode").asInt() != 0600,
                "others may use the admin",
                bootstrap.at("/admin"));
        refuse(
                text(bootstrap, "/node/id").isEmpty()
                        || text(bootstrap, "/node/cluster").isEmpty(),
                "no node",
                null);
        for (var source : List.of("lds_config", "cds_config")) {
            watched(bootstrap.at("/dynamic_resources/" + source));
        }
        var monitors = bootstrap.at("/overload_manager/resource_monitors").findValuesAsText("name");
        refuse(
                !monitors.contains("envoy.resource_monitors.fixed_heap")
                        || !monitors.contains("envoy.resource_monitors.global_downstream_max_connections"),
                "no guard of memory and connections",
                null);
        var actions = new HashSet<String>();
        bootstrap.at("/overload_manager/actions").forEach(action -> action.path("triggers")
                .forEach(trigger -> {
                    if (text(trigger, "/name").equals("envoy.resource_monitors.fixed_heap")
                            && trigger.at("/threshold/value").asDouble(1) < 1) {
                        actions.add(text(action, "/name"));
                    }
                }));
        refuse(!actions.containsAll(GUARDS), "memory is counted, and nothing is done", null);
    }

    private void watched(JsonNode source) {
        var path = text(source, "/path_config_source/path");
        refuse(!path.startsWith(STORES), "a file outside of the Secret", source);
        refuse(!files.containsKey(path.replace(STORES, "")), "a file that does not exist", source);
        refuse(
                !text(source, "/path_config_source/watched_directory/path").equals("/etc/envoy/stores"),
                "a file that is never read again",
                source);
        refuse(!text(source, "/resource_api_version").equals("V3"), "no version", source);
    }

    /** What can be reached from outside of the pod. */
    private void probe(JsonNode listener) {
        ports.add(listener.at("/address/socket_address/port_value"));
        refuse(!listener.path("bypass_overload_manager").asBoolean(), "a probe fails under load", listener);
        managers(listener).forEach(manager -> {
            filters(manager);
            manager.findValues("routes")
                    .forEach(routes -> routes.forEach(route -> {
                        refuse(
                                !Set.of("/ready", "/stats/prometheus").contains(text(route, "/match/path")),
                                "a page of the admin is exposed",
                                route);
                        refuse(!route.at("/match/headers").toString().contains("\"GET\""), "not only GET", route);
                        routed(route);
                    }));
        });
    }

    private void listener(JsonNode listener) {
        var address = listener.at("/address/socket_address");
        refuse(!text(address, "/address").equals("127.0.0.1"), "a store for everybody", listener);
        refuse(!ports.add(address.path("port_value")), "a port twice", listener);
        managers(listener).forEach(manager -> {
            refuse(!text(manager, "/codec_type").equals("HTTP2"), "not HTTP/2", manager);
            refuse(!text(manager, "/stream_idle_timeout").equals("0s"), "a store that thinks is cut off", manager);
            refuse(
                    !manager.at("/route_config/validate_clusters").isBoolean()
                            || manager.at("/route_config/validate_clusters").asBoolean(),
                    "a listener is refused that is read before its cluster",
                    manager);
            manager.at("/route_config/virtual_hosts")
                    .findValues("routes")
                    .forEach(routes -> routes.forEach(route -> {
                        refuse(!text(route, "/route/timeout").equals("0s"), "a long answer is cut off", route);
                        refuse(
                                !text(route, "/route/max_stream_duration/grpc_timeout_header_max")
                                        .equals("0s"),
                                "the querier's own limit does not count",
                                route);
                        refuse(text(route, "/route/host_rewrite_literal").isEmpty(), "an ingress knows no host", route);
                        named(route);
                        refuse(
                                text(route, "/route/retry_policy/retry_on").matches(".*(5xx|reset(,|$)).*"),
                                "an answer may come twice",
                                route);
                        refuse(
                                route.at("/route/retry_policy/num_retries").asInt() != 1,
                                "a store in trouble gets more than one request again",
                                route);
                        routed(route);
                    }));
            filters(manager);
            refuse(
                    !manager.path("http_filters")
                            .findPath("suppress_envoy_headers")
                            .asBoolean(),
                    "others' servers are told of the proxy",
                    manager);
            limits(manager);
            credentials(manager);
        });
    }

    private void limits(JsonNode manager) {
        var limits = manager.path("http2_protocol_options");
        refuse(
                limits.path("max_concurrent_streams").asInt(Integer.MAX_VALUE)
                        > server(manager)
                                .at("/circuit_breakers/thresholds/0/max_requests")
                                .asInt(),
                "requests are refused that could wait",
                manager);
        refuse(
                limits.path("initial_stream_window_size").asInt(Integer.MAX_VALUE) > LARGEST_WINDOW
                        || limits.path("initial_connection_window_size").asInt(Integer.MAX_VALUE) > LARGEST_WINDOW,
                "requests may fill the memory",
                manager);
    }

    /** A server with several certificates shows the one that TLS asks for. IP addresses cannot be asked for. */
    private void named(JsonNode route) {
        var host = text(route, "/route/host_rewrite_literal");
        refuse(
                !host.matches("[0-9.]+|.*:.*")
                        && !text(cluster(text(route, "/route/cluster")), "/transport_socket/typed_config/sni")
                                .equals(host),
                "TLS does not ask for the host",
                route);
    }

    private void credentials(JsonNode manager) {
        manager.path("http_filters").forEach(filter -> {
            if (!text(filter, "/name").endsWith("credential_injector")) {
                return;
            }
            var secret = filter.at("/typed_config/credential/typed_config/credential");
            watched(secret.path("sds_config"));
            var file = files.get(
                    text(secret, "/sds_config/path_config_source/path").replace(STORES, ""));
            if (file != null) {
                refuse(file.path("resources").size() != 1, "not one secret in its file", secret);
                refuse(!text(file, "/resources/0/name").equals(text(secret, "/name")), "a secret of that name", secret);
            }
            refuse(!filter.at("/typed_config/overwrite").asBoolean(), "what the querier sends is kept", filter);
            refuse(server(manager).path("transport_socket").isMissingNode(), "a credential in the clear", manager);
        });
    }

    /** The cluster behind a listener. */
    private JsonNode server(JsonNode manager) {
        return cluster(text(manager, "/route_config/virtual_hosts/0/routes/0/route/cluster"));
    }

    private JsonNode cluster(String name) {
        return clusters.getOrDefault(name, YAML.createObjectNode());
    }

    private void routed(JsonNode route) {
        refuse(!clusters.containsKey(text(route, "/route/cluster")), "a route to no cluster", route);
    }

    private void filters(JsonNode manager) {
        var filters = manager.path("http_filters");
        refuse(
                filters.isEmpty()
                        || !text(filters.get(filters.size() - 1), "/name").endsWith(".router"),
                "the last filter is not the router",
                manager);
    }

    private List<JsonNode> managers(JsonNode listener) {
        return listener.findValues("filters").stream()
                .filter(JsonNode::isArray)
                .map(filters -> filters.get(0).path("typed_config"))
                .toList();
    }

    private void cluster(JsonNode cluster) {
        refuse(
                !text(cluster, "/load_assignment/cluster_name").equals(text(cluster, "/name")),
                "another name inside",
                cluster);
        refuse(cluster.path("circuit_breakers").isMissingNode(), "no circuit breakers", cluster);
        refuse(cluster.path("outlier_detection").isMissingNode(), "no outlier detection", cluster);
        refuse(
                cluster.at("/upstream_connection_options/tcp_keepalive").isMissingNode(),
                "a dead connection is not noticed",
                cluster);
        var options =
                cluster.at("/typed_extension_protocol_options/envoy.extensions.upstreams.http.v3.HttpProtocolOptions");
        refuse(options.at("/explicit_http_config/http2_protocol_options").isMissingNode(), "not HTTP/2", cluster);
        refuse(
                seconds(options.at("/explicit_http_config/http2_protocol_options/connection_keepalive/interval"))
                        < SHORTEST_KEEPALIVE,
                "a server closes what is pinged that often",
                cluster);
        var dns = cluster.at("/cluster_type/typed_config");
        refuse(
                !dns.isMissingNode()
                        && (!text(dns, "/dns_lookup_family").equals("ALL")
                                || !dns.path("all_addresses_in_single_endpoint").asBoolean()),
                "one of IPv4 and IPv6 is never tried",
                cluster);
        refuse(dns.isMissingNode() && !text(cluster, "/type").equals("STATIC"), "no way to find the server", cluster);
        tls(
                cluster.at("/transport_socket/typed_config"),
                older.contains(text(cluster, "/name")) ? "TLSv1_2" : "TLSv1_3");
    }

    private void tls(JsonNode socket, String newest) {
        var context = socket.path("common_tls_context");
        refuse(context.isMissingNode(), "no TLS", socket);
        refuse(!context.path("alpn_protocols").toString().equals("[\"h2\"]"), "another protocol is offered", socket);
        refuse(
                !text(context, "/tls_params/tls_maximum_protocol_version").equals(newest),
                "TLS 1.3 is not spoken, or although it must not be",
                socket);
        refuse(text(context, "/tls_params/tls_minimum_protocol_version").isEmpty(), "no oldest version", socket);
        var validation = context.path("validation_context");
        if (!validation.isMissingNode()) {
            refuse(validation.path("trusted_ca").isEmpty(), "names without authorities mean nothing", socket);
            refuse(
                    validation.path("match_typed_subject_alt_names").isEmpty(),
                    "any certificate of the authorities is accepted",
                    socket);
            validation
                    .path("match_typed_subject_alt_names")
                    .forEach(name -> refuse(
                            !Set.of("DNS", "IP_ADDRESS", "URI").contains(text(name, "/san_type"))
                                    || text(name, "/matcher/exact").isEmpty(),
                            "no name",
                            name));
        }
    }

    /** Rules for each object, whatever it is in. */
    private void walk(String path, String type, JsonNode node) {
        node.properties().forEach(field -> {
            var at = path + "." + field.getKey();
            var kind =
                    text(node, "/@type").isEmpty() ? type : text(node, "/@type").replaceAll(".*\\.", "");
            if (BANNED.contains(field.getKey()) || BANNED.contains(field.getKey() + "@" + kind)) {
                problems.add("an outdated field: " + at);
            }
            var isExtension =
                    Set.of("filters", "http_filters", "resource_monitors").contains(field.getKey());
            field.getValue().forEach(item -> {
                if (isExtension && text(item, "/typed_config/@type").isEmpty()) {
                    problems.add("no type: " + at);
                }
            });
            walk(at, kind, field.getValue());
        });
        if (node.isArray()) {
            node.forEach(item -> walk(path + "[]", type, item));
        }
    }

    /** As in {@code 300s}; 0 for anything else. */
    private static int seconds(JsonNode duration) {
        return duration.asText().matches("[0-9]{1,6}s")
                ? Integer.parseInt(duration.asText().replace("s", ""))
                : 0;
    }

    private static String text(JsonNode node, String pointer) {
        return node.at(pointer).asText();
    }

    private void refuse(boolean isProblem, String problem, JsonNode where) {
        if (isProblem) {
            problems.add(problem + (where == null ? "" : ": " + where.toString().replaceAll("(.{0,200}).*", "$1")));
        }
    }
}
