package io.paodin.monitoring.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The configuration of an object storage, as lines of YAML: one that works, to be changed by a test. */
record StorageExample(String type, Map<String, String> config) {

    static final StorageExample S3 =
            of("S3", "bucket: blocks", "endpoint: s3.example.com", "access_key: hunter2", "secret_key: hunter3");
    static final StorageExample GCS = of("GCS", "bucket: blocks", "service_account: '{\"type\": \"service_account\"}'");
    static final StorageExample AZURE =
            of("AZURE", "storage_account: acme", "container: blocks", "storage_account_key: aHVudGVyMg==");
    static final StorageExample SWIFT = of(
            "SWIFT",
            "auth_url: https://keystone.example.com/v3",
            "container_name: blocks",
            "username: me",
            "password: hunter2");
    static final StorageExample COS = of(
            "COS", "bucket: blocks", "app_id: 125", "region: ap-beijing", "secret_id: hunter2", "secret_key: hunter3");
    static final StorageExample ALIYUNOSS = of(
            "ALIYUNOSS",
            "endpoint: oss-cn-hangzhou.aliyuncs.com",
            "bucket: blocks",
            "access_key_id: hunter2",
            "access_key_secret: hunter3");
    static final StorageExample BOS =
            of("BOS", "endpoint: bj.bcebos.com", "bucket: blocks", "access_key: hunter2", "secret_key: hunter3");
    static final StorageExample OCI = of(
            "OCI",
            "provider: raw",
            "bucket: blocks",
            "compartment_ocid: ocid1.compartment",
            "tenancy_ocid: ocid1.tenancy",
            "user_ocid: ocid1.user",
            "region: eu-frankfurt-1",
            "fingerprint: 'aa:bb'",
            "privatekey: '-----BEGIN PRIVATE KEY-----'");
    static final StorageExample OBS =
            of("OBS", "endpoint: obs.eu.example.com", "bucket: blocks", "access_key: hunter2", "secret_key: hunter3");
    static final StorageExample FILESYSTEM = of("FILESYSTEM", "directory: /blocks");

    private static StorageExample of(String type, String... lines) {
        return new StorageExample(type, Map.of()).with(lines);
    }

    /** Each line adds a key or takes the place of the one that is there. */
    StorageExample with(String... lines) {
        var changed = new LinkedHashMap<>(config);
        Arrays.stream(lines).forEach(line -> changed.put(line.substring(0, line.indexOf(':')), line));
        return new StorageExample(type, changed);
    }

    StorageExample without(String... keys) {
        var changed = new LinkedHashMap<>(config);
        changed.keySet().removeAll(Arrays.asList(keys));
        return new StorageExample(type, changed);
    }

    StorageExample type(String other) {
        return new StorageExample(other, config);
    }

    /** As the content of a Secret's key. */
    String yaml() {
        return "type: " + type + "\nconfig:\n"
                + config.values().stream().map(line -> "  " + line + "\n").collect(Collectors.joining());
    }
}
