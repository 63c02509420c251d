package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Keeps a former leader from writing. The elector gives up when a renewal fails, but a renewal that hangs, or a process
 * that was suspended, can outlive the lease without noticing, while another instance has taken over. So every attempt to
 * write, first or repeated, looks at the age of the last renewal, and the process ends if that is no longer good.
 */
class LeaseFence implements Interceptor {

    private static final Logger LOG = Logger.getLogger(LeaseFence.class);

    private final String leasePath;
    private final Duration leaseDuration;
    private final LongSupplier nanoTime;
    private final Runnable exit;

    /** When the attempt to get or renew the lease that is under way began to look at it; null if there is none. */
    private Long attempt;
    /** When the last successful attempt began; null until the lease was held once. */
    private Long renewed;

    private boolean closed;

    LeaseFence(String namespace, Duration leaseDuration, LongSupplier nanoTime, Runnable exit) {
        this.leasePath = "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
        this.leaseDuration = leaseDuration;
        this.nanoTime = nanoTime;
        this.exit = exit;
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (isLease(request)) {
            begin(isRead(request));
        } else if (!isRead(request) && isExpired()) {
            LOG.errorf(
                    "The lease is not held any more (renewed last more than %s ago): this instance ends",
                    leaseDuration);
            exit.run();
        }
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (isLease(request) && !isRead(request) && response.isSuccessful()) {
            succeed();
        }
    }

    /** A leader's renewal counts from its first look at the lease, since the time it writes into it is from then. */
    private synchronized void begin(boolean read) {
        if (read && (attempt == null || renewed == null)) {
            attempt = nanoTime.getAsLong();
        }
    }

    private synchronized void succeed() {
        renewed = attempt == null ? nanoTime.getAsLong() : attempt;
        attempt = null;
    }

    /** From now on nothing is written, whatever the age of the lease. */
    synchronized void close() {
        closed = true;
    }

    private synchronized boolean isExpired() {
        return closed || renewed != null && nanoTime.getAsLong() - renewed > leaseDuration.toNanos();
    }

    private boolean isLease(HttpRequest request) {
        return request.uri().getPath().contains(leasePath);
    }

    private static boolean isRead(HttpRequest request) {
        return "GET".equals(request.method());
    }
}
