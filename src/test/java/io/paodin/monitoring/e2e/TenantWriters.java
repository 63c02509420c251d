package io.paodin.monitoring.e2e;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A {@link ContinuousWriter} for each of several tenants. */
final class TenantWriters implements AutoCloseable {

    /** What they write. */
    static final String METRIC = "requests";

    private final Map<String, ContinuousWriter> writers = new TreeMap<>();

    private TenantWriters() {}

    /** @param series of each tenant */
    static TenantWriters start(ThanosCluster thanos, int series, String... tenants) {
        var all = new TenantWriters();
        for (var tenant : tenants) {
            all.writers.put(tenant, ContinuousWriter.start(thanos.writer(tenant), METRIC, series));
        }
        return all;
    }

    /** Waits until each has written so many more samples of each series. */
    void awaitMore(int count) {
        writers.values().forEach(writer -> writer.awaitMore(count));
    }

    /**
     * Everything that was accepted, as queries return it.
     *
     * @throws AssertionError if a request was refused
     */
    Samples stop() {
        return all(ContinuousWriter::stop);
    }

    /** The same, whatever was refused. */
    Samples end() {
        return all(ContinuousWriter::end);
    }

    private Samples all(Function<ContinuousWriter, Samples> end) {
        close();
        var all = new Samples();
        writers.forEach((tenant, writer) -> all.add(end.apply(writer).with("tenant_id", tenant)));
        return all;
    }

    /** How many requests were sent again. */
    int retries() {
        return writers.values().stream().mapToInt(ContinuousWriter::retries).sum();
    }

    @Override
    public void close() {
        writers.values().forEach(ContinuousWriter::close);
    }
}
