package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * All objects and the history of their changes, with one global version. Whoever reads and then writes does both inside
 * {@link #locked}.
 */
final class ObjectStore {
    /** A watch that asks for something older than this many changes is told that it is too old. */
    private static final int HISTORY = 20_000;

    /** @param before null for a new object; @param after null for a removed one */
    record Change(long version, ObjectKey key, ObjectNode before, ObjectNode after) {}

    record Entry(ObjectKey key, ObjectNode object) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final NavigableMap<ObjectKey, ObjectNode> objects = new TreeMap<>();
    private final NavigableMap<Long, Change> changes = new TreeMap<>();

    /** Starts above 1: no object ever has the resourceVersion "1" that means "create only" in an apply. */
    private long version = 100;

    <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    long version() {
        return locked(() -> version);
    }

    ObjectNode get(ObjectKey key) {
        return locked(() -> objects.get(key));
    }

    List<Entry> entries() {
        return locked(() -> objects.entrySet().stream().map(ObjectStore::entry).toList());
    }

    /** The objects of a type in a namespace, or in all of them where it is empty. */
    List<ObjectNode> list(ResourceType type, String namespace) {
        ObjectKey from = new ObjectKey(type.storageGroup(), type.plural(), namespace, "");
        return locked(() -> objects.tailMap(from).entrySet().stream()
                .takeWhile(e -> e.getKey().isOf(type)
                        && (namespace.isEmpty() || e.getKey().namespace().equals(namespace)))
                .map(Map.Entry::getValue)
                .toList());
    }

    /** Stores the object with the next version. */
    ObjectNode put(ObjectKey key, ObjectNode object) {
        return locked(() -> {
            ObjectNode stored = withVersion(object);
            record(new Change(version, key, objects.put(key, stored), stored));
            return stored;
        });
    }

    void remove(ObjectKey key) {
        locked(() -> {
            ObjectNode removed = objects.remove(key);
            if (removed != null) {
                ObjectNode last = withVersion(removed);
                record(new Change(version, key, last, null));
            }
            return null;
        });
    }

    /** What changed after the given version, waiting a while for the first change, unless it is over by then. */
    List<Change> changesAfter(long since, long waitMillis, BooleanSupplier over) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (version <= since && !over.getAsBoolean()) {
                changed.await(waitMillis, TimeUnit.MILLISECONDS);
            }
            return new ArrayList<>(changes.tailMap(since, false).values());
        } finally {
            lock.unlock();
        }
    }

    boolean hasHistorySince(long since) {
        return locked(() -> changes.isEmpty() || since >= changes.firstKey() - 1);
    }

    /** Lets everyone who waits look around, without a change. */
    void wake() {
        locked(() -> {
            changed.signalAll();
            return null;
        });
    }

    private ObjectNode withVersion(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        version++;
        Json.metadata(copy).put("resourceVersion", Long.toString(version));
        return copy;
    }

    private void record(Change change) {
        changes.put(change.version(), change);
        if (changes.size() > HISTORY) {
            changes.pollFirstEntry();
        }
        changed.signalAll();
    }

    private static Entry entry(Map.Entry<ObjectKey, ObjectNode> entry) {
        return new Entry(entry.getKey(), entry.getValue());
    }
}
