package io.paodin.monitoring.model;

import java.util.ArrayList;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where the bucket of a configuration is, written in one way whatever the configuration's way is.
 *
 * @param endpoint the server, empty where the name says it all
 * @param name of the bucket, container or directory
 */
record StoragePlace(String endpoint, String name) {

    private static final String AMAZON = "amazonaws.com";

    static StoragePlace s3(ConfigMapping config) {
        return new StoragePlace(amazon(host(config.text("endpoint"))), config.text("bucket"));
    }

    static StoragePlace gcs(ConfigMapping config) {
        return new StoragePlace("", config.text("bucket"));
    }

    static StoragePlace azure(ConfigMapping config) {
        var endpoint = config.has("endpoint") ? config.text("endpoint") : "blob.core.windows.net";
        var url = AzureConnection.of(config.text("storage_connection_string"))
                .map(AzureConnection::serviceUrl)
                .orElseGet(() -> config.text("storage_account") + "." + endpoint);
        return new StoragePlace(join(host(url), path(url)), config.text("container"));
    }

    static StoragePlace swift(ConfigMapping config) {
        var project = config.has("project_id") ? config.text("project_id") : config.text("project_name");
        return new StoragePlace(
                join(host(config.text("auth_url")), config.text("region_name"), project),
                config.text("container_name"));
    }

    static StoragePlace cos(ConfigMapping config) {
        var host = config.has("endpoint")
                ? host(config.text("endpoint"))
                : "%s-%s.cos.%s.myqcloud.com"
                        .formatted(config.text("bucket"), config.text("app_id"), config.text("region"));
        var dot = host.indexOf('.');
        return dot < 0 ? new StoragePlace("", host) : new StoragePlace(host.substring(dot + 1), host.substring(0, dot));
    }

    static StoragePlace aliyun(ConfigMapping config) {
        return new StoragePlace(
                host(config.text("endpoint")).replace("-internal.aliyuncs.com", ".aliyuncs.com"),
                config.text("bucket"));
    }

    static StoragePlace oci(ConfigMapping config) {
        return new StoragePlace(config.text("region").toLowerCase(Locale.ROOT), config.text("bucket"));
    }

    static StoragePlace server(ConfigMapping config) {
        return new StoragePlace(host(config.text("endpoint")), config.text("bucket"));
    }

    static StoragePlace directory(ConfigMapping config) {
        var directory = config.text("directory");
        var steps = new ArrayList<String>();
        for (var step : directory.split("/")) {
            if (step.equals("..") && !steps.isEmpty()) {
                steps.remove(steps.size() - 1);
            } else if (!step.isEmpty() && !step.equals(".") && !step.equals("..")) {
                steps.add(step);
            }
        }
        // A process of a container starts at the root.
        return new StoragePlace("", directory.isEmpty() ? "" : "/" + String.join("/", steps));
    }

    /** Every endpoint of a partition of Amazon leads to all of its buckets. */
    private static String amazon(String host) {
        if (host.endsWith("." + AMAZON)) {
            return host.contains("us-gov-") ? "us-gov." + AMAZON : AMAZON;
        }
        return host.endsWith("." + AMAZON + ".cn") ? AMAZON + ".cn" : host;
    }

    /** Without what may differ between two URLs of one server: the scheme and its port, the case, the path. */
    private static String host(String url) {
        var rest = withoutScheme(url);
        var slash = rest.indexOf('/');
        return (slash < 0 ? rest : rest.substring(0, slash))
                .toLowerCase(Locale.ROOT)
                .replaceFirst(":(80|443)?$", "")
                .replaceFirst("\\.$", "");
    }

    private static String path(String url) {
        var rest = withoutScheme(url);
        var slash = rest.indexOf('/');
        return slash < 0 ? "" : withoutSlashes(rest.substring(slash));
    }

    private static String withoutScheme(String url) {
        var scheme = url.indexOf("://");
        return url.strip().substring(scheme < 0 ? 0 : scheme + 3);
    }

    /** As Thanos takes them off the ends of a prefix. */
    static String withoutSlashes(String text) {
        var from = 0;
        var to = text.length();
        while (from < to && text.charAt(from) == '/') {
            from++;
        }
        while (from < to && text.charAt(to - 1) == '/') {
            to--;
        }
        return text.substring(from, to);
    }

    private static String join(String... parts) {
        return String.join("/", Stream.of(parts).filter(part -> !part.isEmpty()).toList());
    }
}
