package io.paodin.monitoring.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each tenant's samples are where its hashring is, and are told apart by the tenant's label. */
@EndToEnd
class TenancyIT {

    /** The names would mislead a ring that is ordered by them: one catches all before the other is asked. */
    private static final String RINGS = """
            apiVersion: monitoring.paodin.io/v1alpha1
            kind: Thanos
            metadata:
              name: central
            spec:
              query: {}
              receive:
                ingestors:
                - name: aaa-others
                - name: zzz-team
                  tenants: [team-a, team-b]
                - name: zzzz-others
                - name: bbb-team
                  tenants: [team-c]
                - name: aaa-glob
                  tenantMatcher: glob
                  tenants: ["team-*"]
            """;

    @Test
    void keepsTheSamplesOfEachTenantOnItsRing(TestNamespace namespace) {
        var thanos = namespace.apply(RINGS).awaitReady();
        var start = Instant.now().minusSeconds(120);
        var tenants = Set.of("team-a", "team-b", "team-c", "team-x", "unknown-1", "unknown-2");
        for (var tenant : tenants) {
            thanos.writer(tenant).write(requestsOf(tenant, start));
        }
        var query = thanos.query();

        for (var tenant : tenants) {
            query.expectExactly(
                    requestsOf(tenant, start).with("tenant_id", tenant), "requests{tenant_id='%s'}".formatted(tenant));
        }
        var all = new Samples();
        tenants.forEach(tenant -> all.add(requestsOf(tenant, start).with("tenant_id", tenant)));
        query.expectExactly(all, "requests");
        assertThat(ingestorsOf("team-a", query)).containsOnly("zzz-team");
        assertThat(ingestorsOf("team-b", query)).containsOnly("zzz-team");
        assertThat(ingestorsOf("team-c", query)).containsOnly("bbb-team");
        assertThat(ingestorsOf("team-x", query)).containsOnly("aaa-glob");
        assertThat(ingestorsOf("unknown-1", query)).isSubsetOf("aaa-others", "zzzz-others");
        assertThat(ingestorsOf("unknown-2", query)).isSubsetOf("aaa-others", "zzzz-others");
    }

    /** The same series for every tenant, with values of its own. */
    private static Samples requestsOf(String tenant, Instant start) {
        var samples = new Samples();
        for (int instance = 0; instance < 10; instance++) {
            var offset = tenant.hashCode() + instance;
            samples.add(Samples.of(
                    "requests",
                    start,
                    Duration.ofSeconds(10),
                    10,
                    i -> offset + i,
                    "instance",
                    Integer.toString(instance)));
        }
        return samples;
    }

    private static Set<String> ingestorsOf(String tenant, Query query) {
        return query.withReplicas().samples("requests{tenant_id='%s'}".formatted(tenant)).series().keySet().stream()
                .map(labels -> labels.get("receive_replica"))
                .map(pod -> pod.replaceAll("^central-receive-ingestor-(.*)-[0-9]+$", "$1"))
                .collect(Collectors.toSet());
    }
}
