package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A Kubernetes API server in this process, on the loopback interface.
 *
 * <p>Emulated: discovery; create, read, replace, delete with preconditions and propagation policy; server-side apply
 * with ownership by field; strategic, merge and JSON patches; watches; tables; custom resources with their status and
 * scale; finalizers; garbage collection; the readiness of Deployments and StatefulSets; defaults and immutable fields of
 * the kinds that operators create.
 *
 * <p>Not emulated: schemas of custom resources (no defaults, no pruning, no validation, no CEL, their lists are replaced
 * as a whole), admission, authentication and authorization (everything is allowed), quotas, pods and their logs and
 * exec, protobuf bodies (which {@code kubectl create configmap} and the like send), paging (lists are always complete), {@code kubectl explain}, deprecated API versions and
 * conversion.
 */
public final class ApiServer implements AutoCloseable {
    private final ObjectStore store = new ObjectStore();
    private final ResourceTypes types = new ResourceTypes();
    private final Journal journal = new Journal();
    private final Faults faults = new Faults();
    private final Workloads workloads = new Workloads(store, types);
    private final Controllers controllers = new Controllers(store, new GarbageCollector(store, types), workloads);
    private final ExecutorService threads = Executors.newCachedThreadPool(ApiServer::daemon);
    private final HttpServer http;

    private ApiServer(HttpServer http) {
        this.http = http;
    }

    /** Starts on a free port. */
    public static ApiServer start() {
        try {
            return start(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws java.net.BindException if the port is in use */
    public static ApiServer start(int port) throws IOException {
        // Without it every answer waits for a delayed acknowledgement; with the default idle time, a client may send
        // its
        // next request on a connection that is just being closed.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.idleInterval", "3600");
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        ApiServer server = new ApiServer(http);
        server.load("{apiVersion: v1, kind: Namespace, metadata: {name: default}}");
        server.load("{apiVersion: v1, kind: Namespace, metadata: {name: kube-system}}");
        http.setExecutor(server.threads);
        http.createContext("/", new Endpoint(server.store, server.types, server.journal, server.faults));
        http.start();
        server.controllers.start();
        return server;
    }

    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** A kubeconfig for this server. */
    public String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                current-context: embedded
                clusters:
                  - name: embedded
                    cluster:
                      server: "%s"
                contexts:
                  - name: embedded
                    context:
                      cluster: embedded
                      user: embedded
                      namespace: default
                users:
                  - name: embedded
                    user: {}
                """.formatted(url());
    }

    /** A client configuration for this server whatever the environment says; requests are not retried. */
    public Config clientConfig() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(url())
                .withNamespace("default")
                .withHttp2Disable(true)
                .withOnlyHttpWatches(true)
                .withRequestRetryBackoffLimit(0)
                .withWatchReconnectInterval(50)
                .build();
    }

    /** Creates or replaces objects; those without a namespace go to {@code default}. */
    public void load(String yaml) {
        Writes writes = new Writes(store, types);
        for (ObjectNode object : Json.parseAll(yaml)) {
            String apiVersion = object.path("apiVersion").asText();
            String kind = object.path("kind").asText();
            ResourceType type = types.byKind(apiVersion, kind)
                    .orElseThrow(() -> new IllegalArgumentException("unknown kind " + apiVersion + " " + kind));
            Json.metadata(object).remove(List.of("resourceVersion", "uid"));
            store.locked(() -> load(writes, type, object));
        }
    }

    private ObjectNode load(Writes writes, ResourceType type, ObjectNode object) {
        String name = Json.meta(object, "name");
        String namespace = object.path("metadata").path("namespace").asText("default");
        ObjectNode before = store.get(ObjectKey.of(type, namespace, name));
        Request request = new Request(
                before == null ? "create" : "update",
                type.group(),
                type.plural(),
                "",
                type.namespaced() ? namespace : "",
                before == null ? "" : name,
                "application/yaml",
                "load",
                0);
        Call call = new Call(type, request, Map.of(), false);
        if (before == null) {
            return writes.create(call, object);
        }
        Json.metadata(object).put("resourceVersion", Json.meta(before, "resourceVersion"));
        return writes.replace(call, object);
    }

    /** The object as it is stored now. */
    public Optional<JsonNode> find(String apiVersion, String kind, String namespace, String name) {
        return types.byKind(apiVersion, kind)
                .map(type -> store.get(ObjectKey.of(type, namespace, name)))
                .map(ObjectNode::deepCopy);
    }

    /**
     * Refuses objects of a kind, as admission does.
     *
     * @param refusal why the object is refused; empty if it is not
     */
    public void admit(String kind, Function<ObjectNode, Optional<String>> refusal) {
        types.admit(kind, refusal);
    }

    public Journal journal() {
        return journal;
    }

    public Workloads workloads() {
        return workloads;
    }

    /** Asks the injector about every write from now on. */
    public void onWrite(Fault.Injector injector) {
        onWrite(request -> true, injector);
    }

    /** Asks the injector about, and counts, only the writes of interest. */
    public void onWrite(Predicate<Request> interesting, Fault.Injector injector) {
        faults.inject(interesting, injector);
    }

    /** Answers the reads of interest with an error from now on. */
    public void failReads(Predicate<Request> interesting) {
        faults.failReads(interesting);
    }

    /** From now on requests are cut off and watches end, as after an injected crash. */
    public void crash() {
        faults.crash();
        store.wake();
    }

    public boolean isCrashed() {
        return faults.isCrashed();
    }

    /** Serves again, without faults. */
    public void revive() {
        faults.clear();
        faults.revive();
    }

    /**
     * All objects of a namespace as sorted JSON, without what differs between two runs that end in the same state (UIDs,
     * versions, generations, times, managed fields), and without events and leases.
     */
    public String snapshot(String namespace) {
        return Snapshot.of(store.entries(), namespace);
    }

    @Override
    public void close() {
        crash();
        controllers.close();
        http.stop(0);
        threads.shutdownNow();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "apiserver-http");
        thread.setDaemon(true);
        return thread;
    }
}
