package io.paodin.monitoring.apply;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Sits in a client: notes every request, and can lead some of them astray. */
class RequestLog implements Interceptor {

    private static final URI NOWHERE = URI.create("http://127.0.0.1:1/");

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Predicate<String> refused = request -> false;
    private volatile Predicate<String> lost = request -> false;

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        var line = request.method() + " " + request.uri().getPath();
        requests.add(line);
        if (lost.test(line)) {
            builder.uri(NOWHERE);
        } else if (refused.test(line)) {
            builder.uri(request.uri().resolve("/not/served"));
        }
    }

    /** From now on the server answers these requests with an error that may pass. */
    void refuse(Predicate<String> requests) {
        refused = requests;
    }

    /** From now on these requests reach nobody. */
    void lose(Predicate<String> requests) {
        lost = requests;
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    List<String> writes() {
        return requests.stream().filter(request -> !request.startsWith("GET ")).toList();
    }

    /** Forgets the requests so far. */
    void clearRequests() {
        requests.clear();
    }

    /** Forgets the requests so far and lets all coming ones through. */
    void clear() {
        requests.clear();
        refused = request -> false;
        lost = request -> false;
    }
}
