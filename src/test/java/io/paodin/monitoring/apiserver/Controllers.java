package io.paodin.monitoring.apiserver;

/** The thread that does, shortly after each change, what controllers of a cluster do. */
final class Controllers implements AutoCloseable {
    private static final long IDLE_MILLIS = 60_000;

    private final ObjectStore store;
    private final GarbageCollector garbageCollector;
    private final Workloads workloads;
    private final Thread thread;

    Controllers(ObjectStore store, GarbageCollector garbageCollector, Workloads workloads) {
        this.store = store;
        this.garbageCollector = garbageCollector;
        this.workloads = workloads;
        thread = new Thread(this::run, "apiserver-controllers");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long seen = store.version();
                garbageCollector.collect();
                workloads.reconcile();
                store.changesAfter(seen, IDLE_MILLIS, () -> false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
