package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.StorageExample.ALIYUNOSS;
import static io.paodin.monitoring.model.StorageExample.AZURE;
import static io.paodin.monitoring.model.StorageExample.BOS;
import static io.paodin.monitoring.model.StorageExample.COS;
import static io.paodin.monitoring.model.StorageExample.FILESYSTEM;
import static io.paodin.monitoring.model.StorageExample.GCS;
import static io.paodin.monitoring.model.StorageExample.OBS;
import static io.paodin.monitoring.model.StorageExample.OCI;
import static io.paodin.monitoring.model.StorageExample.S3;
import static io.paodin.monitoring.model.StorageExample.SWIFT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row was run through Thanos 0.42.4, which refuses what is refused here, at its start or at its first request. */
class ObjectStorageTest {

    private static final String PROVIDERS = "one of ALIYUNOSS, AZURE, BOS, COS, FILESYSTEM, GCS, OBS, OCI, S3, SWIFT";
    private static final String BOOLEAN = "must be true or false, without quotes";
    private static final String INTEGER = "must be a whole number without quotes or unit";
    private static final String DURATION =
            "must be a Prometheus duration such as 90s or 2m (units y w d h m s ms, whole numbers)";
    private static final String HOST =
            "config.endpoint must be a host and perhaps a port, without scheme, path and name of the bucket";
    private static final String URL = "must be a URL that begins with https:// or http://";

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void isRefused(String why, String content, String problem) {
        assertThat(ObjectStorage.parse(content).problems()).containsExactly(problem);
    }

    static Stream<Arguments> isRefused() {
        return Stream.of(textThatIsNoConfiguration(), keys(), s3(), azure(), others(), values())
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> textThatIsNoConfiguration() {
        return Stream.of(
                refused("nothing", "", "the content is empty: write the keys type and config"),
                refused("a comment", "# later\n", "the content is empty: write the keys type and config"),
                refused("null", "null", "the content is empty: write the keys type and config"),
                refused("text", "hunter2", "the content is not a mapping: write the keys type and config"),
                refused("a list", "- type: S3", "the content is not a mapping: write the keys type and config"),
                refused(
                        "an open quote",
                        "type: S3\nconfig: {secret_key: 'hunter2}\n",
                        "the content is not YAML at line 3, column 1: look for a missing quote, a tab or a wrong"
                                + " indentation there"),
                refused(
                        "a tab as indentation",
                        "type: S3\nconfig:\n\tsecret_key: hunter2\n",
                        "the content is not YAML at line 3, column 1: look for a missing quote, a tab or a wrong"
                                + " indentation there"),
                refused(
                        "a character that YAML does not allow",
                        S3.yaml() + "\u0007",
                        "the content is not YAML: it has a character, a tag or a directive that YAML does not have;"
                                + " write it anew"),
                refused(
                        "another version of YAML than Thanos reads",
                        "%YAML 1.2\n---\n" + S3.yaml(),
                        "the content is not YAML: it has a character, a tag or a directive that YAML does not have;"
                                + " write it anew"),
                refused("no type", "config: {bucket: a}", "type is missing: add it, with " + PROVIDERS),
                refused("an empty type", S3.type("''").yaml(), "type is missing: add it, with " + PROVIDERS),
                refused("a list of types", S3.type("[S3]").yaml(), "type is missing: add it, with " + PROVIDERS),
                refused(
                        "a provider that Thanos does not know",
                        S3.type("hunter2").yaml(),
                        "type is not the name of a provider: write " + PROVIDERS),
                refused(
                        "a misspelt provider",
                        S3.type("filesytem").yaml(),
                        "type is not the name of a provider: write " + PROVIDERS + "; did you mean FILESYSTEM?"),
                refused(
                        "a provider that only a variable tells",
                        S3.type("$(TYPE)").yaml(),
                        "type is not the name of a provider: write " + PROVIDERS),
                refused(
                        "a configuration that only a variable tells",
                        "type: S3\nconfig: $(CONFIG)\n",
                        "config must be a mapping of keys: write it out, a variable cannot stand for it"),
                refused("no config", "type: S3", "config is missing: add it, since S3 needs it"),
                refused("an empty config", "type: S3\nconfig:\n", "config is missing: add it, since S3 needs it"),
                refused("text as config", "type: S3\nconfig: hunter2", "config must be a mapping of keys"),
                refused("a list as config", "type: S3\nconfig: [hunter2]", "config must be a mapping of keys"));
    }

    private static Stream<Arguments> keys() {
        return Stream.of(
                refused(
                        "an unknown key beside type",
                        S3.yaml() + "prefx: a\n",
                        "prefx is not a key of the configuration: did you mean prefix?"),
                refused(
                        "a key of config beside it",
                        S3.without("bucket").with("bucket: a").yaml() + "region: a\n",
                        "region is not a key of the configuration: move it below config"),
                refused("a list as prefix", S3.yaml() + "prefix: [a]\n", "prefix must be text"),
                refused(
                        "a misspelt key",
                        S3.with("regoin: a").yaml(),
                        "config.regoin is not a key of S3: did you mean region?"),
                refused(
                        "a key that no other is near to",
                        S3.with("something: a").yaml(),
                        "config.something is not a key of S3: remove it"),
                refused(
                        "an unknown key in a block",
                        S3.with("http_config: {proxy: a}").yaml(),
                        "config.http_config.proxy is not a key of S3: remove it"),
                refused(
                        "an unknown key in a block of a block",
                        S3.with("http_config: {tls_config: {ca: a}}").yaml(),
                        "config.http_config.tls_config.ca is not a key of S3: remove it"),
                refused(
                        "an unknown key that a merge brings in",
                        S3.with("<<: {something: a}").yaml(),
                        "config.something is not a key of S3: remove it"),
                refused(
                        "a key that may be a secret",
                        "type: S3\nconfig: {bucket: a, endpoint: b, hunter2}\n",
                        "config: what stands before the value in line 2 is not a key of S3: remove it"),
                refused(
                        "a key that is no text",
                        S3.with("[hunter2]: a").yaml(),
                        "config: what stands before the value in line 7 is not a key of S3: remove it"),
                refused("a key twice", S3.yaml() + "  bucket: b\n", "config.bucket is given twice: keep one of them"),
                refused("config twice", S3.yaml() + "config: {}\n", "config is given twice: keep one of them"),
                refused(
                        "a key that a merge brings in too",
                        S3.with("<<: {bucket: a}").yaml(),
                        "config.bucket is given twice: keep one of them"),
                refused(
                        "an unknown key of GCS",
                        GCS.with("no_auth: true").yaml(),
                        "config.no_auth is not a key of GCS: remove it"),
                refused(
                        "an unknown key of Azure",
                        AZURE.with("a: b").yaml(),
                        "config.a is not a key of AZURE: remove it"),
                refused(
                        "an unknown key in a block of Azure",
                        AZURE.with("reader_config: {a: b}").yaml(),
                        "config.reader_config.a is not a key of AZURE: remove it"),
                refused(
                        "an unknown key of Swift",
                        SWIFT.with("a: b").yaml(),
                        "config.a is not a key of SWIFT: remove it"),
                refused("an unknown key of OBS", OBS.with("a: b").yaml(), "config.a is not a key of OBS: remove it"));
    }

    private static Stream<Arguments> s3() {
        return Stream.of(
                refused("S3 without a bucket", S3.without("bucket").yaml(), missing("S3", "bucket")),
                refused("S3 without an endpoint", S3.without("endpoint").yaml(), missing("S3", "endpoint")),
                refused("S3 with an empty endpoint", S3.with("endpoint: ''").yaml(), missing("S3", "endpoint")),
                refused("S3 with null as endpoint", S3.with("endpoint: ~").yaml(), missing("S3", "endpoint")),
                refused(
                        "S3 with a URL",
                        S3.with("endpoint: https://s3.example.com").yaml(),
                        HOST),
                refused("S3 with a path", S3.with("endpoint: s3.example.com/a").yaml(), HOST),
                refused("S3 with two ports", S3.with("endpoint: 'a:1:2'").yaml(), HOST),
                refused(
                        "S3 with the bucket in Amazon's host",
                        S3.with("endpoint: b.s3.amazonaws.com").yaml(),
                        HOST),
                refused(
                        "S3 with another host of Google",
                        S3.with("endpoint: b.googleapis.com").yaml(),
                        HOST),
                refused(
                        "an access key alone",
                        S3.without("secret_key").yaml(),
                        "config.secret_key is missing, since config.access_key is given: add it, or remove both to use"
                                + " the environment or an IAM role"),
                refused(
                        "a secret key alone",
                        S3.without("access_key").yaml(),
                        "config.access_key is missing, since config.secret_key is given: add it, or remove both to use"
                                + " the environment or an IAM role"),
                refused(
                        "an empty secret key",
                        S3.with("secret_key:").yaml(),
                        "config.secret_key is missing, since config.access_key is given: add it, or remove both to use"
                                + " the environment or an IAM role"),
                refused(
                        "keys beside the authentication of Amazon's SDK",
                        S3.with("aws_sdk_auth: true").yaml(),
                        "config.aws_sdk_auth and config.access_key exclude each other: remove one"),
                refused(
                        "SSE-KMS without its key",
                        S3.with("sse_config: {type: SSE-KMS}").yaml(),
                        "config.sse_config.kms_key_id is missing, since config.sse_config.type is SSE-KMS: add it"),
                refused(
                        "SSE-C without its key",
                        S3.with("sse_config: {type: SSE-C}").yaml(),
                        "config.sse_config.encryption_key is missing, since config.sse_config.type is SSE-C: add it"),
                refused(
                        "another kind of encryption",
                        S3.with("sse_config: {type: sse-s3}").yaml(),
                        "config.sse_config.type must be one of SSE-S3, SSE-KMS, SSE-C"),
                refused(
                        "another version of the list of objects",
                        S3.with("list_objects_version: v3").yaml(),
                        "config.list_objects_version must be one of v1, v2"),
                refused(
                        "another way to find the bucket",
                        S3.with("bucket_lookup_type: Path").yaml(),
                        "config.bucket_lookup_type must be one of auto, virtual-hosted, path"),
                refused(
                        "no way to find the bucket",
                        S3.with("bucket_lookup_type: ''").yaml(),
                        "config.bucket_lookup_type must be one of auto, virtual-hosted, path"),
                refused(
                        "a client certificate without its key",
                        S3.with("http_config: {tls_config: {cert_file: /a}}").yaml(),
                        "config.http_config.tls_config.key_file is missing, since"
                                + " config.http_config.tls_config.cert_file is given: a client certificate has both"));
    }

    private static Stream<Arguments> azure() {
        var identity = AZURE.without("storage_account_key").with("user_assigned_id: a");
        var client = AZURE.with("az_tenant_id: a", "client_id: b", "client_secret: c");
        var connection = AZURE.without("storage_account_key");
        return Stream.of(
                refused(
                        "Azure without an account",
                        AZURE.without("storage_account").yaml(),
                        missing("AZURE", "storage_account")),
                refused("Azure without a container", AZURE.without("container").yaml(), missing("AZURE", "container")),
                refused(
                        "an identity beside the account's key",
                        AZURE.with("user_assigned_id: a").yaml(),
                        "config.user_assigned_id and config.storage_account_key exclude each other: remove one"),
                refused(
                        "an identity beside a connection string",
                        identity.with("storage_connection_string: AccountName=a;AccountKey=aGk=")
                                .yaml(),
                        "config.user_assigned_id and config.storage_connection_string exclude each other: remove one"),
                refused(
                        "an identity beside a client",
                        identity.with("az_tenant_id: a", "client_id: b", "client_secret: c")
                                .yaml(),
                        "config.user_assigned_id and config.client_id exclude each other: remove one"),
                refused(
                        "the account's key beside a connection string",
                        AZURE.with("storage_connection_string: AccountName=a;AccountKey=aGk=")
                                .yaml(),
                        "config.storage_account_key and config.storage_connection_string exclude each other: remove"
                                + " one"),
                refused(
                        "a client without a tenant",
                        client.without("az_tenant_id").yaml(),
                        "config.az_tenant_id is missing, since config.client_id is given: add it, or remove all of"
                                + " az_tenant_id, client_id and client_secret"),
                refused(
                        "a client without a secret",
                        client.without("client_secret").yaml(),
                        "config.client_secret is missing, since config.az_tenant_id is given: add it, or remove all of"
                                + " az_tenant_id, client_id and client_secret"),
                refused(
                        "a tenant with a blank",
                        client.with("az_tenant_id: a b").yaml(),
                        "config.az_tenant_id must be the ID or a domain of the tenant"),
                refused(
                        "an account's key that is not Base64",
                        AZURE.with("storage_account_key: hunter2!").yaml(),
                        "config.storage_account_key must be Base64, as the provider shows it"),
                refused(
                        "an account's key that lost its padding",
                        AZURE.with("storage_account_key: aHVudGVyMg").yaml(),
                        "config.storage_account_key must be Base64, as the provider shows it"),
                refused("a connection string without parts", connection("hunter2", connection), connectionString()),
                refused(
                        "a connection string without a key",
                        connection("AccountName=a", connection),
                        connectionString()),
                refused(
                        "a connection string without an account",
                        connection("AccountKey=aGk=", connection),
                        connectionString()),
                refused(
                        "a connection string with half a key",
                        connection("AccountName=a;AccountKey=aGk", connection),
                        connectionString()),
                refused(
                        "less than no tries",
                        AZURE.with("pipeline_config: {max_tries: -1}").yaml(),
                        "config.pipeline_config.max_tries must be a whole number from 0 to 2147483647, without quotes or"
                                + " unit"),
                refused(
                        "more tries than Go can count",
                        AZURE.with("pipeline_config: {max_tries: 2147483648}").yaml(),
                        "config.pipeline_config.max_tries must be a whole number from 0 to 2147483647, without quotes or"
                                + " unit"),
                refused(
                        "less than no tries of a reader",
                        AZURE.with("reader_config: {max_retry_requests: -1}").yaml(),
                        "config.reader_config.max_retry_requests must be a whole number from 0 to 9223372036854775807,"
                                + " without quotes or unit"));
    }

    private static Stream<Arguments> others() {
        return Stream.of(
                refused("GCS without a bucket", GCS.without("bucket").yaml(), missing("GCS", "bucket")),
                refused(
                        "the path of a service account's key",
                        GCS.with("service_account: /etc/key.json").yaml(),
                        "config.service_account must be the JSON of a service account's key"),
                refused(
                        "a service account without a type",
                        GCS.with("service_account: '{}'").yaml(),
                        "config.service_account must be the JSON of a service account's key"),
                refused(
                        "a service account that is broken JSON",
                        GCS.with("service_account: '{\"type\": \"hunter2}'").yaml(),
                        "config.service_account must be the JSON of a service account's key"),
                refused("Swift without a URL", SWIFT.without("auth_url").yaml(), missing("SWIFT", "auth_url")),
                refused(
                        "Swift without a container",
                        SWIFT.without("container_name").yaml(),
                        missing("SWIFT", "container_name")),
                refused(
                        "Swift without a user",
                        SWIFT.without("username").yaml(),
                        "config.username is missing: add it, or one of config.user_id,"
                                + " config.application_credential_id"),
                refused(
                        "Swift without a password",
                        SWIFT.without("password").yaml(),
                        "config.password is missing: add it, or one of config.application_credential_secret"),
                refused(
                        "Swift without a version",
                        SWIFT.with("auth_url: https://keystone.example.com").yaml(),
                        "config.auth_version is missing: add it, since config.auth_url does not tell v1, v2 or v3"),
                refused(
                        "Swift with 0 as version",
                        SWIFT.with("auth_url: https://keystone.example.com", "auth_version: 0")
                                .yaml(),
                        "config.auth_version is missing: add it, since config.auth_url does not tell v1, v2 or v3"),
                refused(
                        "a version that Swift does not have",
                        SWIFT.with("auth_version: 4").yaml(),
                        "config.auth_version must be a whole number from 0 to 3, without quotes or unit"),
                refused(
                        "Swift with a host for the URL",
                        SWIFT.with("auth_url: keystone.example.com/v3").yaml(),
                        "config.auth_url " + URL),
                refused("COS without an ID", COS.without("secret_id").yaml(), missing("COS", "secret_id")),
                refused("COS without a key", COS.without("secret_key").yaml(), missing("COS", "secret_key")),
                refused(
                        "COS without a bucket",
                        COS.without("bucket").yaml(),
                        "config.bucket is missing: add it, or config.endpoint instead"),
                refused(
                        "COS without a region",
                        COS.without("region").yaml(),
                        "config.region is missing: add it, or config.endpoint instead"),
                refused(
                        "COS without an application",
                        COS.without("app_id").yaml(),
                        "config.app_id is missing: add it, or config.endpoint instead"),
                refused(
                        "COS with a host for the URL",
                        COS.with("endpoint: blocks-125.cos.ap-beijing.myqcloud.com")
                                .yaml(),
                        "config.endpoint " + URL),
                refused(
                        "OSS without an endpoint",
                        ALIYUNOSS.without("endpoint").yaml(),
                        missing("ALIYUNOSS", "endpoint")),
                refused("OSS without a bucket", ALIYUNOSS.without("bucket").yaml(), missing("ALIYUNOSS", "bucket")),
                refused(
                        "OSS without an ID",
                        ALIYUNOSS.without("access_key_id").yaml(),
                        missing("ALIYUNOSS", "access_key_id")),
                refused(
                        "OSS without a secret",
                        ALIYUNOSS.without("access_key_secret").yaml(),
                        missing("ALIYUNOSS", "access_key_secret")),
                refused(
                        "OSS with a name that no bucket has",
                        ALIYUNOSS.with("bucket: Blocks").yaml(),
                        "config.bucket must be 3 to 63 lower case letters, digits and hyphens, with no hyphen at the"
                                + " ends"),
                refused(
                        "OSS with a blank in the endpoint",
                        ALIYUNOSS.with("endpoint: a b").yaml(),
                        "config.endpoint must be a host or a URL"),
                refused("BOS without an endpoint", BOS.without("endpoint").yaml(), missing("BOS", "endpoint")),
                refused("BOS without a bucket", BOS.without("bucket").yaml(), missing("BOS", "bucket")),
                refused("BOS without an access key", BOS.without("access_key").yaml(), missing("BOS", "access_key")),
                refused("BOS without a secret key", BOS.without("secret_key").yaml(), missing("BOS", "secret_key")),
                refused("OBS without an endpoint", OBS.without("endpoint").yaml(), missing("OBS", "endpoint")),
                refused("OBS without a bucket", OBS.without("bucket").yaml(), missing("OBS", "bucket")),
                refused("OBS without an access key", OBS.without("access_key").yaml(), missing("OBS", "access_key")),
                refused("OBS without a secret key", OBS.without("secret_key").yaml(), missing("OBS", "secret_key")),
                refused("OCI without a bucket", OCI.without("bucket").yaml(), missing("OCI", "bucket")),
                refused("OCI without a provider", OCI.without("provider").yaml(), missing("OCI", "provider")),
                refused(
                        "another provider of OCI",
                        OCI.with("provider: a").yaml(),
                        "config.provider must be one of default, instance-principal, raw, oke-workload-identity"),
                refused("raw OCI without a tenancy", OCI.without("tenancy_ocid").yaml(), missingForRaw("tenancy_ocid")),
                refused("raw OCI without a user", OCI.without("user_ocid").yaml(), missingForRaw("user_ocid")),
                refused("raw OCI without a region", OCI.without("region").yaml(), missingForRaw("region")),
                refused(
                        "raw OCI without a fingerprint",
                        OCI.without("fingerprint").yaml(),
                        missingForRaw("fingerprint")),
                refused("raw OCI without a key", OCI.without("privatekey").yaml(), missingForRaw("privatekey")),
                refused(
                        "raw OCI in capitals",
                        OCI.with("provider: RAW").without("region").yaml(),
                        missingForRaw("region")),
                refused(
                        "OCI with the path of a key",
                        OCI.with("privatekey: /etc/key.pem").yaml(),
                        "config.privatekey must be a private key as PEM text"),
                refused(
                        "OCI with days",
                        OCI.with("http_config: {client_timeout: 1d}").yaml(),
                        "config.http_config.client_timeout must be a Go duration such as 90s or 1.5h (units h m s ms us"
                                + " ns)"),
                refused(
                        "a file system without a directory",
                        FILESYSTEM.without("directory").with("path: /a").yaml(),
                        missing("FILESYSTEM", "directory")));
    }

    private static Stream<Arguments> values() {
        return Stream.of(
                refused("a switch that is text", S3.with("insecure: 'true'").yaml(), "config.insecure " + BOOLEAN),
                refused("a switch that is a number", S3.with("insecure: 1").yaml(), "config.insecure " + BOOLEAN),
                refused("a switch in mixed case", S3.with("insecure: tRUE").yaml(), "config.insecure " + BOOLEAN),
                refused("a number that is text", S3.with("max_retries: '3'").yaml(), "config.max_retries " + INTEGER),
                refused("a number with a unit", S3.with("max_retries: 3s").yaml(), "config.max_retries " + INTEGER),
                refused(
                        "a number that is too large",
                        S3.with("max_retries: 9223372036854775808").yaml(),
                        "config.max_retries " + INTEGER),
                refused(
                        "a negative size",
                        S3.with("part_size: -1").yaml(),
                        "config.part_size must be a whole number of 0 or more, without quotes or unit"),
                refused(
                        "a duration without a unit",
                        S3.with("http_config: {idle_conn_timeout: 90}").yaml(),
                        "config.http_config.idle_conn_timeout " + DURATION),
                refused(
                        "a duration with a fraction",
                        S3.with("http_config: {idle_conn_timeout: 1.5h}").yaml(),
                        "config.http_config.idle_conn_timeout " + DURATION),
                refused(
                        "a duration that is empty",
                        S3.with("http_config: {idle_conn_timeout: ''}").yaml(),
                        "config.http_config.idle_conn_timeout " + DURATION),
                refused("text that is a list", S3.with("region: [a]").yaml(), "config.region must be text"),
                refused(
                        "a block that is text",
                        S3.with("http_config: hunter2").yaml(),
                        "config.http_config must be a mapping of keys"),
                refused(
                        "a mapping that is a list",
                        S3.with("put_user_metadata: [a]").yaml(),
                        "config.put_user_metadata must be a mapping of names to texts"),
                refused(
                        "a mapping to a list",
                        S3.with("put_user_metadata: {a: [b]}").yaml(),
                        "config.put_user_metadata must be a mapping of names to texts"),
                refused(
                        "a value that is wrong where unknown keys pass",
                        COS.with("http_config: {max_idle_conns: many}").yaml(),
                        "config.http_config.max_idle_conns " + INTEGER));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void isAccepted(String why, String content) {
        assertThat(ObjectStorage.parse(content))
                .satisfies(storage -> assertThat(storage.problems()).isEmpty())
                .returns(true, ObjectStorage::isUsable);
    }

    static Stream<Arguments> isAccepted() {
        var http = "idle_conn_timeout: 1m30s, response_header_timeout: 2m, insecure_skip_verify: true,"
                + " tls_handshake_timeout: 0, expect_continue_timeout: 1s, max_idle_conns: 1, max_idle_conns_per_host: 1,"
                + " max_conns_per_host: 1, disable_compression: true";
        var httpConfig = "http_config: {" + http
                + ", tls_config: {ca_file: /a, cert_file: /b, key_file: /c, server_name: d, insecure_skip_verify: true}}";
        return Stream.of(
                arguments("S3", S3.yaml()),
                arguments(
                        "S3 without credentials",
                        S3.without("access_key", "secret_key").yaml()),
                arguments(
                        "S3 with those of the SDK",
                        S3.without("access_key", "secret_key")
                                .with("aws_sdk_auth: true")
                                .yaml()),
                arguments(
                        "S3 without those of the SDK",
                        S3.with("aws_sdk_auth: false").yaml()),
                arguments(
                        "S3 at a port",
                        S3.with("endpoint: minio.storage.svc:9000").yaml()),
                arguments("S3 at an address", S3.with("endpoint: '[::1]:9000'").yaml()),
                arguments(
                        "S3 with a slash", S3.with("endpoint: s3.example.com/").yaml()),
                arguments(
                        "S3 at Amazon",
                        S3.with("endpoint: s3.eu-west-1.amazonaws.com").yaml()),
                arguments(
                        "S3 at Google",
                        S3.with("endpoint: storage.googleapis.com").yaml()),
                arguments(
                        "every key of S3",
                        S3.with(
                                        "region: a",
                                        "disable_dualstack: true",
                                        "aws_sdk_auth: false",
                                        "session_token: a",
                                        "insecure: true",
                                        "signature_version2: true",
                                        "put_user_metadata: {X-Amz-Storage-Class: a, b: 1}",
                                        httpConfig,
                                        "trace: {enable: true}",
                                        "list_objects_version: v2",
                                        "bucket_lookup_type: virtual-hosted",
                                        "send_content_md5: false",
                                        "disable_multipart: true",
                                        "part_size: 18446744073709551615",
                                        "sse_config: {type: SSE-KMS, kms_key_id: a, kms_encryption_context: {a: b},"
                                                + " encryption_key: /a}",
                                        "sts_endpoint: a",
                                        "max_retries: 1")
                                .yaml()),
                arguments("GCS", GCS.yaml()),
                arguments(
                        "GCS without credentials",
                        GCS.without("service_account").yaml()),
                arguments(
                        "every key of GCS",
                        GCS.with(
                                        "use_grpc: true",
                                        "grpc_conn_pool_size: 1",
                                        httpConfig,
                                        "chunk_size_bytes: 1",
                                        "max_retries: 1")
                                .yaml()),
                arguments(
                        "the key of a service account as a block",
                        "type: GCS\nconfig:\n  bucket: a\n  service_account: |\n    {\n    \t\"type\": \"service_account\",\n"
                                + "      \"private_key\": \"a\\nb\\n\"\n    }\n"),
                arguments("Azure", AZURE.yaml()),
                arguments(
                        "Azure without credentials",
                        AZURE.without("storage_account_key").yaml()),
                arguments(
                        "Azure with a connection string",
                        AZURE.without("storage_account_key")
                                .with("storage_connection_string: AccountName=a;AccountKey=aGk=;")
                                .yaml()),
                arguments(
                        "Azure with a signature",
                        AZURE.without("storage_account_key")
                                .with("storage_connection_string: BlobEndpoint=http://a/b;SharedAccessSignature=c=d")
                                .yaml()),
                arguments(
                        "Azure with an identity",
                        AZURE.without("storage_account_key")
                                .with("user_assigned_id: a")
                                .yaml()),
                arguments(
                        "every key of Azure",
                        AZURE.with(
                                        "storage_create_container: false",
                                        "az_tenant_id: a",
                                        "client_id: b",
                                        "client_secret: c",
                                        "endpoint: blob.core.windows.net",
                                        "max_retries: 1",
                                        "reader_config: {max_retry_requests: 0}",
                                        "pipeline_config: {max_tries: 2147483647, try_timeout: 1s, retry_delay: 1s,"
                                                + " max_retry_delay: 1s}",
                                        httpConfig,
                                        "msi_resource: a")
                                .yaml()),
                arguments("Swift", SWIFT.yaml()),
                arguments(
                        "Swift with a version",
                        SWIFT.with("auth_url: http://keystone.example.com", "auth_version: 2")
                                .yaml()),
                arguments(
                        "Swift with an application's credential",
                        SWIFT.without("username", "password")
                                .with("application_credential_id: a", "application_credential_secret: b")
                                .yaml()),
                arguments(
                        "every key of Swift",
                        SWIFT.with(
                                        "auth_version: 3",
                                        "user_id: a",
                                        "user_domain_name: a",
                                        "user_domain_id: a",
                                        "domain_id: a",
                                        "domain_name: a",
                                        "application_credential_id: a",
                                        "application_credential_name: a",
                                        "application_credential_secret: a",
                                        "project_id: a",
                                        "project_name: a",
                                        "project_domain_id: a",
                                        "project_domain_name: a",
                                        "region_name: a",
                                        "large_object_chunk_size: 1",
                                        "large_object_segments_container_name: a",
                                        "retries: 1",
                                        "connect_timeout: 1s",
                                        "timeout: 1s",
                                        "use_dynamic_large_objects: true",
                                        httpConfig)
                                .yaml()),
                arguments("COS", COS.with("max_retries: 1", httpConfig).yaml()),
                arguments(
                        "COS at a URL",
                        COS.without("bucket", "region", "app_id")
                                .with("endpoint: https://blocks-125.cos.ap-beijing.myqcloud.com")
                                .yaml()),
                arguments(
                        "an unknown key of COS",
                        COS.with("a: b", "http_config: {c: d}").yaml()),
                arguments("OSS", ALIYUNOSS.with("a: b").yaml()),
                arguments("BOS", BOS.with("a: b").yaml()),
                arguments("OBS", OBS.with("max_retries: 1", httpConfig).yaml()),
                arguments(
                        "OCI",
                        OCI.with(
                                        "a: b",
                                        "passphrase: a",
                                        "part_size: 1",
                                        "max_request_retries: 1",
                                        "request_retry_interval: 1",
                                        "http_config: {" + http + ", client_timeout: 1.5h}")
                                .yaml()),
                arguments(
                        "OCI with nanoseconds",
                        OCI.with("http_config: {client_timeout: 1000000000}").yaml()),
                arguments("OCI of the node", "type: OCI\nconfig: {provider: instance-principal, bucket: a}"),
                arguments("a directory", FILESYSTEM.with("a: b").yaml()),
                arguments("a provider in lower case", S3.type("s3").yaml()),
                arguments("a prefix", S3.yaml() + "prefix: 1\n"),
                arguments(
                        "null for what is optional",
                        S3.with("region:", "max_retries: ~", "http_config:").yaml()),
                arguments(
                        "the switches of YAML 1.1",
                        S3.with("insecure: yes", "disable_multipart: Off").yaml()),
                arguments(
                        "a number of YAML 1.1",
                        S3.with("max_retries: 0o17", "part_size: 1_000").yaml()),
                arguments(
                        "a fraction, which Go cuts off",
                        S3.with("max_retries: 1.5").yaml()),
                arguments(
                        "a number as text",
                        S3.with("region: 1", "session_token: yes").yaml()),
                arguments("JSON", "{\"type\":\"FILESYSTEM\",\"config\":{\"directory\":\"/a\"}}"),
                arguments(
                        "JSON with tabs", "{\n\t\"type\":\t\"FILESYSTEM\",\n\t\"config\": {\"directory\": \"/a\"}\n}"),
                arguments("tabs between words", "type:\tFILESYSTEM\t\nconfig:\n  directory: \t/a\t# b\n"),
                arguments("a merge", "type: S3\nconfig:\n  <<: [{bucket: a}, {endpoint: b}]\n  insecure: true\n"),
                arguments("an anchor", "prefix: &a abc\ntype: FILESYSTEM\nconfig: {directory: *a}"),
                arguments("documents after the first", S3.yaml() + "---\n{{{ nothing that Thanos reads"),
                arguments(
                        "what only a variable tells",
                        S3.with("insecure: $(INSECURE)", "endpoint: $(SCHEME)://a")
                                .yaml()));
    }

    /** Of each key one value that its type in Go does not take. */
    @ParameterizedTest
    @MethodSource("keysOfThanos")
    void everyKeyOfThanosHasItsType(String provider, String key, String type) {
        var wrong =
                switch (type) {
                    case "string" -> "[a]";
                    case "bool", "duration" -> "1";
                    case "int", "int32", "int64", "uint64" -> "a";
                    case "goDuration" -> "1d";
                    case "map", "block" -> "a";
                    default -> throw new IllegalArgumentException(type);
                };
        var blocks = key.split("\\.");
        var nested = String.join(": {", blocks) + ": " + wrong + "}".repeat(blocks.length);

        assertThat(ObjectStorage.parse("{type: " + provider + ", config: {" + nested + "}")
                        .problems())
                .anyMatch(problem -> problem.startsWith("config." + key + " must be "));
    }

    @Test
    void noKeyIsKnownThatThanosDoesNotKnow() throws IOException {
        assertThat(listedKeys().map(key -> key[0] + " " + key[1]))
                .containsExactlyInAnyOrderElementsOf(Stream.of(StorageProvider.values())
                        .flatMap(provider -> names(provider + " ", provider.keys()))
                        .toList());
    }

    static Stream<Arguments> keysOfThanos() throws IOException {
        return listedKeys().map(key -> arguments((Object[]) key));
    }

    private static Stream<String[]> listedKeys() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/objstore-keys.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" "));
    }

    private static Stream<String> names(String path, List<StorageKey> keys) {
        return keys.stream()
                .flatMap(key ->
                        Stream.concat(Stream.of(path + key.name()), names(path + key.name() + ".", key.block())));
    }

    @Test
    void everyProblemIsTold() {
        assertThat(ObjectStorage.parse("type: S3\nbucket: a\nconfig: {regoin: a, insecure: 'no', access_key: hunter2}")
                        .problems())
                .containsExactly(
                        "bucket is not a key of the configuration: move it below config",
                        "config.regoin is not a key of S3: did you mean region?",
                        "config.insecure must be true or false, without quotes",
                        "config.bucket is missing: add it, since S3 needs it",
                        "config.endpoint is missing: add it, since S3 needs it",
                        "config.secret_key is missing, since config.access_key is given: add it, or remove both to use"
                                + " the environment or an IAM role");
    }

    @Test
    void nobodyReadsMoreThanTwentyProblems() {
        var keys = new StringBuilder();
        for (var i = 0; i < 50; i++) {
            keys.append("  key_").append(i).append(": a\n");
        }

        assertThat(ObjectStorage.parse(S3.yaml() + keys).problems())
                .hasSize(21)
                .last()
                .isEqualTo("and 30 more problems");
    }

    @Test
    void aProblemDoesNotHideTheBucket() {
        var storage = ObjectStorage.parse(S3.without("secret_key").yaml());

        assertThat(storage.isUsable()).isFalse();
        assertThat(storage.bucket()).contains(new Bucket("S3", "s3.example.com", "blocks", ""));
    }

    private static String connection(String text, StorageExample example) {
        return example.with("storage_connection_string: " + text).yaml();
    }

    private static String connectionString() {
        return "config.storage_connection_string must be a connection string with AccountName and AccountKey, or with"
                + " BlobEndpoint and SharedAccessSignature";
    }

    private static String missing(String provider, String key) {
        return "config.%s is missing: add it, since %s needs it".formatted(key, provider);
    }

    private static String missingForRaw(String key) {
        return "config.%s is missing, since config.provider is raw: add it".formatted(key);
    }

    private static Arguments refused(String why, String content, String problem) {
        return arguments(why, content, problem);
    }
}
