package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One watch: the current state if asked for, then every change until the timeout, the client or a crash ends it. */
final class WatchStream {
    private static final long IDLE_MILLIS = 10_000;

    private record State(List<ObjectNode> objects, long version) {}

    private final ObjectStore store;
    private final Call call;
    private final Selection selection;
    private final BooleanSupplier cut;

    /** @param cut whether the stream has to break off */
    WatchStream(ObjectStore store, Call call, BooleanSupplier cut) {
        this.store = store;
        this.call = call;
        this.selection = Selection.of(call);
        this.cut = cut;
    }

    void run(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        String from = call.parameter("resourceVersion").orElse("0");
        boolean initial = Call.isTrue(call.query().get("sendInitialEvents"));
        if (!from.equals("0") && !initial) {
            if (store.hasHistorySince(Long.parseLong(from))) {
                follow(out, Long.parseLong(from));
            } else {
                send(
                        out,
                        "ERROR",
                        ApiError.of(410, "Expired", "too old resource version: " + from)
                                .status());
            }
            return;
        }
        State state = store.locked(() -> new State(store.list(call.type(), call.namespace()), store.version()));
        for (ObjectNode object : state.objects()) {
            if (selection.matches(object)) {
                event(out, "ADDED", object);
            }
        }
        if (initial) {
            ObjectNode end = bookmark(state.version());
            Json.child(Json.metadata(end), "annotations").put("k8s.io/initial-events-end", "true");
            send(out, "BOOKMARK", end);
        }
        follow(out, state.version());
    }

    private void follow(OutputStream out, long from) throws IOException {
        long seen = from;
        long end = System.nanoTime()
                + Duration.ofSeconds(
                                Long.parseLong(call.parameter("timeoutSeconds").orElse("3600")))
                        .toNanos();
        boolean bookmarks = Call.isTrue(call.query().get("allowWatchBookmarks"));
        while (System.nanoTime() < end) {
            long wait = Math.max(1, Math.min(IDLE_MILLIS, (end - System.nanoTime()) / 1_000_000));
            List<ObjectStore.Change> changes;
            try {
                changes = store.changesAfter(seen, wait, cut);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (cut.getAsBoolean()) {
                throw new IOException("watch cut off");
            }
            for (ObjectStore.Change change : changes) {
                send(out, change);
                seen = change.version();
            }
            if (changes.isEmpty() && bookmarks) {
                send(out, "BOOKMARK", bookmark(seen));
            }
        }
    }

    private void send(OutputStream out, ObjectStore.Change change) throws IOException {
        boolean ofMine = change.key().isOf(call.type())
                && (call.namespace().isEmpty()
                        || call.namespace().equals(change.key().namespace()));
        if (!ofMine) {
            return;
        }
        boolean was = change.before() != null && selection.matches(change.before());
        boolean is = change.after() != null && selection.matches(change.after());
        if (is) {
            event(out, was ? "MODIFIED" : "ADDED", change.after());
        } else if (was) {
            // An object that leaves the selection, or the store, is shown as it was, with the version of the change.
            ObjectNode last = change.before().deepCopy();
            Json.metadata(last).put("resourceVersion", Long.toString(change.version()));
            event(out, "DELETED", last);
        }
    }

    private void event(OutputStream out, String type, ObjectNode object) throws IOException {
        ObjectNode shown = EventVersions.shown(call.type(), object);
        send(
                out,
                type,
                call.table() ? Tables.of(call.type(), List.of(object), Json.meta(object, "resourceVersion")) : shown);
    }

    private ObjectNode bookmark(long version) {
        ObjectNode bookmark = Json.object(call.type().apiVersion(), call.type().kind());
        bookmark.putObject("metadata").put("resourceVersion", Long.toString(version));
        return bookmark;
    }

    private void send(OutputStream out, String type, ObjectNode object) throws IOException {
        ObjectNode event = Json.object().put("type", type);
        event.set("object", object);
        out.write((event + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
