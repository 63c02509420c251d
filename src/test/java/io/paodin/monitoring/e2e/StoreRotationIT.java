package io.paodin.monitoring.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** All that a store is reached with is replaced, while it is asked, at the speed that the operator has by default. */
@EndToEnd
@Isolated("the operator looks at Secrets as seldom as by default")
class StoreRotationIT {

    private static final Duration BOUND = Duration.ofMinutes(4);
    private static final String INTERVAL = "PAODIN_SECRET_REFRESH_INTERVAL";

    private final Authority first = Authority.of("first-authority");
    private final Authority second = Authority.of("second-authority");
    private Operator operator;

    @AfterEach
    void hurryAgain() {
        if (operator != null) {
            operator.set(Map.of(INTERVAL, "5s"));
        }
    }

    @Test
    @Tag("nightly")
    void authorityCertificateKeyAndTokenAreReplacedWithoutAFailedQueryOrARestart(
            TestNamespace namespace, @Named("e2e-renewing-member") TestNamespace other, Operator shared) {
        operator = shared;
        operator.set(Map.of(INTERVAL, "2m"));
        var yesterday = Instant.now().minus(1, ChronoUnit.DAYS);
        var expired = first.issue(yesterday, yesterday.plus(1, ChronoUnit.HOURS), "expired");
        var both = first.certificate() + second.certificate();
        var member = Member.start(other, first.issue("member", Member.wildcard(other)), expired, both);
        var before = first.issue("first");
        access(namespace, first.certificate(), before, "first");
        var thanos = SecuredStoresIT.apply(namespace, """
                    - name: renewing
                      addresses: ['%s']
                      tlsConfig:
                        ca: {secret: {name: access, key: ca.crt}}
                        cert: {secret: {name: access, key: tls.crt}}
                        keySecret: {name: access, key: tls.key}
                      authorization: {credentials: {name: access, key: token}}
                """.formatted(member.address("renewing")))
                .awaitReady();
        var written = member.write("ingress", "requests", 5);
        thanos.query().expectExactly(written, "requests");
        var pods = thanos.identities(pod -> true);

        try (var queries = Queries.start(thanos.query(), written)) {
            var start = Instant.now();
            access(namespace, both, second.issue("second"), "second");
            Kubernetes.within(BOUND).until(() -> member.renewedRequests() > 0);
            Report.add(
                    namespace.name(),
                    "a new authority, certificate, key and token were in use after %d s",
                    Duration.between(start, Instant.now()).toSeconds());

            // What follows need not take as long, and the operator is another process from here on.
            operator.set(Map.of(INTERVAL, "5s"));
            var renewed = second.issue("member", Member.wildcard(other));
            member.certificates(renewed, expired, both);
            Kubernetes.within(BOUND).until(() -> member.shownCertificates().contains(renewed.serial()));
            var connections = member.connections();
            access(namespace, second.certificate(), second.issue("second"), "second");
            Kubernetes.within(BOUND).until(() -> member.connections() > connections);
            queries.awaitMore(20);
            assertThat(queries.failures()).as(queries::lastFailure).isZero();
            Report.add(namespace.name(), "%d queries while all was replaced, 0 failed", queries.count());
        }
        assertThat(thanos.identities(pod -> true)).isEqualTo(pods);
    }

    private static void access(TestNamespace namespace, String authorities, Authority.Issued client, String token) {
        SecuredStoresIT.secret(
                namespace,
                Map.of(
                        "ca.crt",
                        authorities,
                        "tls.crt",
                        client.certificate(),
                        "tls.key",
                        client.key(),
                        "token",
                        token));
    }

    /** Asks again and again until it is closed. */
    private static final class Queries implements AutoCloseable {

        private final AtomicInteger count = new AtomicInteger();
        private final AtomicInteger failures = new AtomicInteger();
        private final AtomicReference<String> lastFailure = new AtomicReference<>("");
        private volatile boolean isStopped;

        static Queries start(Query query, Samples expected) {
            var queries = new Queries();
            var thread = new Thread(() -> queries.run(query, expected), "queries");
            thread.setDaemon(true);
            thread.start();
            return queries;
        }

        private void run(Query query, Samples expected) {
            while (!isStopped) {
                try {
                    var answer = query.samples("requests");
                    if (!answer.equals(expected)) {
                        fail(answer.toString());
                    }
                } catch (AssertionError | RuntimeException e) {
                    fail(String.valueOf(e));
                }
                count.incrementAndGet();
                Writer.pause(100);
            }
        }

        private void fail(String why) {
            failures.incrementAndGet();
            lastFailure.set(Instant.now() + " " + why);
        }

        int count() {
            return count.get();
        }

        int failures() {
            return failures.get();
        }

        String lastFailure() {
            return lastFailure.get();
        }

        void awaitMore(int more) {
            int enough = count.get() + more;
            Kubernetes.within(BOUND).until(() -> count.get() >= enough);
        }

        @Override
        public void close() {
            isStopped = true;
        }
    }
}
