package io.paodin.monitoring.apiserver;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The injected faults, and whether the server plays dead because of one. */
final class Faults {
    private record Injection(Predicate<Request> interesting, Fault.Injector injector, AtomicInteger count) {}

    private volatile Injection injection;
    private volatile Predicate<Request> unreadable = request -> false;
    private volatile boolean crashed;

    /** Counts crashes, so that a watch notices one that is over already. */
    private volatile int crashes;

    void inject(Predicate<Request> interesting, Fault.Injector injector) {
        injection = new Injection(interesting, injector, new AtomicInteger());
    }

    void failReads(Predicate<Request> interesting) {
        unreadable = interesting;
    }

    boolean isUnreadable(Request request) {
        return unreadable.test(request);
    }

    void clear() {
        injection = null;
        unreadable = request -> false;
    }

    Fault decide(Request request) {
        Injection current = injection;
        if (current == null || !current.interesting().test(request)) {
            return Fault.NONE;
        }
        return current.injector().decide(current.count().getAndIncrement(), request);
    }

    synchronized void crash() {
        crashes++;
        crashed = true;
    }

    void revive() {
        crashed = false;
    }

    boolean isCrashed() {
        return crashed;
    }

    int crashes() {
        return crashes;
    }
}
