package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The HTTP side: routes a request, injects faults, writes the answer. */
final class Endpoint implements HttpHandler {
    /** Ends an exchange without an answer. */
    private static final class CutOff extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CutOff() {
            super("cut off", null, false, false);
        }
    }

    private final ObjectStore store;
    private final ResourceTypes types;
    private final Discovery discovery;
    private final Resources resources;
    private final Journal journal;
    private final Faults faults;

    Endpoint(ObjectStore store, ResourceTypes types, Journal journal, Faults faults) {
        this.store = store;
        this.types = types;
        this.journal = journal;
        this.faults = faults;
        this.discovery = new Discovery(types);
        this.resources = new Resources(store, types);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        // Counted before the look, so that a watch notices a crash that comes right behind it.
        int crashes = faults.crashes();
        if (faults.isCrashed()) {
            exchange.close();
            return;
        }
        if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
            // No upgrade: the client watches over HTTP instead.
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            return;
        }
        try {
            route(exchange, crashes);
        } catch (CutOff e) {
            exchange.close();
            return;
        } catch (ApiError e) {
            send(exchange, e.code(), e.status());
        } catch (RuntimeException e) {
            ApiError error = ApiError.of(500, "InternalError", "the embedded API server failed: " + e);
            send(exchange, error.code(), error.status());
        }
        exchange.close();
    }

    private void route(HttpExchange exchange, int crashes) throws IOException {
        List<String> path = Arrays.stream(exchange.getRequestURI().getPath().split("/"))
                .filter(part -> !part.isEmpty())
                .toList();
        switch (path.isEmpty() ? "" : path.get(0)) {
            case "version" -> send(exchange, 200, Discovery.version());
            case "healthz", "livez", "readyz" -> send(exchange, 200, "text/plain", "ok");
            case "openapi" -> openApi(exchange, path);
            case "api" -> {
                if (path.size() > 2) {
                    resource(exchange, crashes, "", path.get(1), path.subList(2, path.size()));
                } else {
                    send(
                            exchange,
                            200,
                            path.size() == 1 ? Discovery.coreVersions() : discovery.resources("", path.get(1)));
                }
            }
            case "apis" -> {
                if (path.size() > 3) {
                    resource(exchange, crashes, path.get(1), path.get(2), path.subList(3, path.size()));
                } else {
                    send(exchange, 200, groups(path));
                }
            }
            default -> throw ApiError.unknownPath();
        }
    }

    private JsonNode groups(List<String> path) {
        return switch (path.size()) {
            case 1 -> discovery.groups();
            case 2 -> discovery.group(path.get(1));
            default -> discovery.resources(path.get(1), path.get(2));
        };
    }

    private void openApi(HttpExchange exchange, List<String> path) throws IOException {
        if (path.size() < 2 || !path.get(1).equals("v3")) {
            throw ApiError.unknownPath();
        }
        String prefix = String.join("/", path.subList(2, path.size()));
        send(exchange, 200, prefix.isEmpty() ? discovery.openApiPaths() : discovery.openApi(prefix));
    }

    private void resource(HttpExchange exchange, int crashes, String group, String version, List<String> rest)
            throws IOException {
        Call.Path path = Call.Path.of(group, version, rest.toArray(String[]::new));
        ResourceType type = types.byPath(group, version, path.plural()).orElse(null);
        Call call = Call.of(exchange, path, type);
        byte[] body = exchange.getRequestBody().readAllBytes();
        Resources.Answer answer;
        try {
            if (call.request().contentType().contains("protobuf")) {
                throw ApiError.of(
                        415,
                        "UnsupportedMediaType",
                        "the embedded API server reads JSON and YAML, no protobuf: put the object into a file and apply that");
            }
            if (group.equals(Reviews.GROUP)) {
                answer = new Resources.Answer(201, Reviews.answer(Json.parseObject(body)));
            } else if (type == null) {
                throw ApiError.unknownPath();
            } else if (call.request().verb().equals("watch")) {
                watch(exchange, crashes, call);
                return;
            } else {
                answer = store.locked(() -> answer(call, body));
            }
        } catch (ApiError e) {
            answer = new Resources.Answer(e.code(), e.status());
        } catch (CutOff e) {
            journal.add(call.request());
            throw e;
        }
        journal.add(call.request().answered(answer.code()));
        send(exchange, answer.code(), answer.body());
    }

    private Resources.Answer answer(Call call, byte[] body) {
        if (!call.request().isWrite() || call.isDryRun()) {
            if (faults.isUnreadable(call.request())) {
                throw ApiError.ofCode(HttpURLConnection.HTTP_INTERNAL_ERROR);
            }
            return resources.answer(call, body);
        }
        if (faults.isCrashed()) {
            throw new CutOff();
        }
        Fault fault = faults.decide(call.request());
        return switch (fault.kind()) {
            case NONE -> resources.answer(call, body);
            case ERROR -> throw ApiError.ofCode(fault.code());
            case CRASH_BEFORE -> throw crash();
            case CRASH_AFTER -> {
                resources.answer(call, body);
                throw crash();
            }
        };
    }

    private CutOff crash() {
        faults.crash();
        store.wake();
        return new CutOff();
    }

    private void watch(HttpExchange exchange, int crashes, Call call) throws IOException {
        journal.add(call.request().answered(200));
        new WatchStream(store, call, () -> faults.crashes() != crashes).run(exchange);
    }

    private static void send(HttpExchange exchange, int code, JsonNode body) throws IOException {
        send(exchange, code, "application/json", body.toString());
    }

    private static void send(HttpExchange exchange, int code, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
