package io.paodin.monitoring.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The way to an HTTP server of the cluster, by the proxy of the API server, which takes any ready pod of a Service.
 *
 * @param base the path of the proxy, with the server's own path if it has one
 * @param seconds how long an answer may take
 */
record Http(String base, int seconds) {

    private static final Pattern SERVICE_URL = Pattern.compile("http://([^.:/]+)\\.([^.:/]+)\\.svc:([0-9]+)(/.*)?");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SECONDS = 30;

    /** One that answers within half a minute, or not at all. */
    Http(String base) {
        this(base, SECONDS);
    }

    /** @param status 0 if the server has not answered */
    record Answer(int status, String body) {

        boolean isSuccess() {
            return status / 100 == 2;
        }

        /** Whether Prometheus would drop what it has sent. */
        boolean isRefusal() {
            return status / 100 == 4 && status != 429;
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static Http toService(String namespace, String name, int port) {
        return new Http("/api/v1/namespaces/%s/services/%s:%d/proxy".formatted(namespace, name, port));
    }

    static Http toPod(String namespace, String name, int port) {
        return new Http("/api/v1/namespaces/%s/pods/%s:%d/proxy".formatted(namespace, name, port));
    }

    /** @param url as clients inside the cluster have it */
    static Http to(String url) {
        var parts = SERVICE_URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException(url + " is not the URL of a Service");
        }
        var service = toService(parts.group(2), parts.group(1), Integer.parseInt(parts.group(3)));
        return parts.group(4) == null ? service : new Http(service.base + parts.group(4));
    }

    /** The same, but with more time to answer. */
    Http patient(Duration time) {
        return new Http(base, (int) time.toSeconds());
    }

    /** Where the server is. */
    String namespace() {
        return base.split("/")[4];
    }

    Answer get(String path, Map<String, String> parameters) {
        var query = parameters.entrySet().stream()
                .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(Kubernetes.client()
                .getHttpClient()
                .newHttpRequestBuilder()
                .uri(uri(query.isEmpty() ? path : path + "?" + query)));
    }

    Answer post(String path, String contentType, byte[] body, Map<String, String> headers) {
        var request = Kubernetes.client()
                .getHttpClient()
                .newHttpRequestBuilder()
                .uri(uri(path))
                .post(contentType, new ByteArrayInputStream(body), body.length);
        headers.forEach(request::header);
        return send(request);
    }

    /** The API server tells in this form that there is no such Service, no ready pod, or no connection to it. */
    private static boolean isOfTheProxy(String body) {
        return body.startsWith("{\"kind\":\"Status\",\"apiVersion\":\"v1\"");
    }

    private URI uri(String path) {
        var master = Kubernetes.client().getMasterUrl().toString();
        return URI.create((master.endsWith("/") ? master.substring(0, master.length() - 1) : master) + base + path);
    }

    private Answer send(HttpRequest.Builder request) {
        var answer = Kubernetes.client()
                .getHttpClient()
                .sendAsync(request.timeout(seconds, TimeUnit.SECONDS).build(), byte[].class);
        try {
            var response = answer.get(seconds + 5L, TimeUnit.SECONDS);
            var body = new String(response.body(), StandardCharsets.UTF_8);
            return new Answer(isOfTheProxy(body) ? 0 : response.code(), body);
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            return new Answer(0, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(0, e.toString());
        }
    }
}
