package io.paodin.monitoring.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseFenceTest {

    private static final String LEASE = "/apis/coordination.k8s.io/v1/namespaces/ops/leases/paodin-monitoring";
    private static final String SERVICE = "/api/v1/namespaces/demo/services/central-query";

    private final AtomicLong seconds = new AtomicLong();
    private final AtomicInteger exits = new AtomicInteger();
    private final LeaseFence fence = new LeaseFence(
            "ops",
            Duration.ofSeconds(15),
            () -> Duration.ofSeconds(seconds.get()).toNanos(),
            exits::incrementAndGet);

    @Test
    void letsEverythingPassWithoutElection() {
        seconds.set(1000);
        write();

        assertThat(exits).hasValue(0);
    }

    @Test
    void letsTheLeaderWriteWhileTheLeaseIsRenewed() {
        for (int i = 0; i < 100; i++) {
            seconds.addAndGet(2);
            renew();
            write();
        }

        assertThat(exits).hasValue(0);
    }

    @Test
    void endsTheProcessThatWritesAfterTheLeaseMayBeAnothers() {
        renew();
        seconds.set(16);
        write();

        assertThat(exits).hasValue(1);
    }

    @Test
    void countsFromTheBeginningOfTheRenewalNotFromItsAnswer() {
        renew();
        look();
        seconds.set(10);
        answer("PATCH", 200);
        seconds.set(16);
        write();

        assertThat(exits).hasValue(1);
    }

    @Test
    void doesNotCountRenewalsThatFailed() {
        renew();
        seconds.set(10);
        look();
        answer("PATCH", 409);
        seconds.set(16);
        write();

        assertThat(exits).hasValue(1);
    }

    @Test
    void countsTheTimeOfWaitingForTheLeaseNotAsHoldingIt() {
        for (int i = 0; i < 50; i++) {
            look();
            seconds.addAndGet(2);
        }
        renew();
        write();

        assertThat(exits).hasValue(0);
    }

    @Test
    void readsWhateverTheLease() {
        renew();
        seconds.set(1000);
        fence.before(null, request("GET", SERVICE), null);

        assertThat(exits).hasValue(0);
    }

    @Test
    void writesNothingOnceTheLeaseIsHandedOver() {
        renew();
        fence.close();
        write();

        assertThat(exits).hasValue(1);
    }

    private void renew() {
        look();
        answer("PATCH", 200);
    }

    private void look() {
        fence.before(null, request("GET", LEASE), null);
    }

    private void answer(String method, int code) {
        var request = request(method, LEASE);
        fence.before(null, request, null);
        fence.after(request, new Answer(code), null);
    }

    private void write() {
        fence.before(null, request("PATCH", SERVICE), null);
    }

    private static HttpRequest request(String method, String path) {
        return new StandardHttpRequest.Builder()
                .uri("https://cluster:6443" + path)
                .method(method, null, null)
                .build();
    }

    private record Answer(int code) implements HttpResponse<Void> {
        @Override
        public Void body() {
            return null;
        }

        @Override
        public HttpRequest request() {
            return null;
        }

        @Override
        public Optional<HttpResponse<?>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public List<String> headers(String key) {
            return List.of();
        }

        @Override
        public Map<String, List<String>> headers() {
            return Map.of();
        }
    }
}
