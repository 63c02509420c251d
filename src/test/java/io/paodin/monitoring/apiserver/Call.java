package io.paodin.monitoring.apiserver;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request for a resource, taken apart. */
record Call(ResourceType type, Request request, Map<String, String> query, boolean table) {

    /** The part of a path after {@code /api/v1} or {@code /apis/GROUP/VERSION}. */
    record Path(String group, String version, String namespace, String plural, String name, String subresource) {
        static Path of(String group, String version, String[] rest) {
            boolean inNamespace = rest.length >= 3
                    && rest[0].equals("namespaces")
                    && !rest[2].equals("status")
                    && !rest[2].equals("finalize");
            int at = inNamespace ? 2 : 0;
            return new Path(
                    group,
                    version,
                    inNamespace ? rest[1] : "",
                    rest[at],
                    rest.length > at + 1 ? rest[at + 1] : "",
                    rest.length > at + 2 ? rest[at + 2] : "");
        }
    }

    static Call of(HttpExchange exchange, Path path, ResourceType type) {
        Map<String, String> query = parseQuery(exchange.getRequestURI().getRawQuery());
        boolean watch = path.name().isEmpty() && isTrue(query.get("watch"));
        Request request = new Request(
                Request.verb(exchange.getRequestMethod(), path.name().isEmpty(), watch),
                path.group(),
                path.plural(),
                path.subresource(),
                path.namespace(),
                path.name(),
                header(exchange, "Content-Type").replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT),
                header(exchange, "User-Agent"),
                0);
        return new Call(type, request, query, header(exchange, "Accept").contains("as=Table"));
    }

    String namespace() {
        return request.namespace();
    }

    String name() {
        return request.name();
    }

    String subresource() {
        return request.subresource();
    }

    ObjectKey key() {
        return key(request.name());
    }

    ObjectKey key(String name) {
        return ObjectKey.of(type, request.namespace(), name);
    }

    boolean isDryRun() {
        return query.containsKey("dryRun");
    }

    boolean isForced() {
        return isTrue(query.get("force"));
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    /** The field manager, which is the start of the user agent where none is named. */
    String manager() {
        return parameter("fieldManager").orElse(request.userAgent().replaceAll("/.*", ""));
    }

    static boolean isTrue(String value) {
        return "true".equals(value) || "1".equals(value);
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static Map<String, String> parseQuery(String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                String[] parts = pair.split("=", 2);
                query.put(parts[0], parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
            }
        }
        return query;
    }
}
