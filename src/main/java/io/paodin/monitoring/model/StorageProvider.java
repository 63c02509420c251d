package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.StorageKey.address;
import static io.paodin.monitoring.model.StorageKey.base64;
import static io.paodin.monitoring.model.StorageKey.block;
import static io.paodin.monitoring.model.StorageKey.bool;
import static io.paodin.monitoring.model.StorageKey.duration;
import static io.paodin.monitoring.model.StorageKey.goDuration;
import static io.paodin.monitoring.model.StorageKey.httpConfig;
import static io.paodin.monitoring.model.StorageKey.integer;
import static io.paodin.monitoring.model.StorageKey.oneOf;
import static io.paodin.monitoring.model.StorageKey.text;
import static io.paodin.monitoring.model.StorageKey.texts;
import static io.paodin.monitoring.model.StorageKey.tlsConfig;
import static io.paodin.monitoring.model.StorageKey.unsigned;
import static io.paodin.monitoring.model.StorageKey.url;
import static io.paodin.monitoring.model.StorageRule.anyOf;
import static io.paodin.monitoring.model.StorageRule.excludes;
import static io.paodin.monitoring.model.StorageRule.exclusive;
import static io.paodin.monitoring.model.StorageRule.needs;
import static io.paodin.monitoring.model.StorageRule.together;
import static io.paodin.monitoring.model.StorageRule.unless;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The providers that Thanos 0.42 knows, with the keys below {@code config}, and how these depend on each other: what the
 * client of the provider checks at the start, and the keys without which it would fail at the first request.
 *
 * <p>Each says where its bucket is too. Credentials never count. Names that are unique all over a provider need no
 * endpoint, since several endpoints lead to them. One bucket that is reached through the interfaces of two providers
 * counts as two, and so does one whose address is a variable for one of them; equal variables count as equal.
 */
enum StorageProvider {
    /** At Amazon, a name is unique whatever the region of the endpoint; elsewhere it is that of one server. */
    S3(
            true,
            List.of(
                    text("bucket").needed(),
                    text(
                                    "endpoint",
                                    "a host and perhaps a port, without scheme, path and name of the bucket",
                                    StorageProvider::isS3Endpoint)
                            .needed(),
                    text("region"),
                    bool("disable_dualstack"),
                    bool("aws_sdk_auth"),
                    text("access_key"),
                    text("secret_key"),
                    text("session_token"),
                    bool("insecure"),
                    bool("signature_version2"),
                    texts("put_user_metadata"),
                    httpConfig(tlsConfig()),
                    block("trace", bool("enable")),
                    oneOf("list_objects_version", "", "v1", "v2"),
                    oneOf("bucket_lookup_type", "auto", "virtual-hosted", "path"),
                    bool("send_content_md5"),
                    bool("disable_multipart"),
                    unsigned("part_size"),
                    block(
                            "sse_config",
                            oneOf("type", "", "SSE-S3", "SSE-KMS", "SSE-C"),
                            text("kms_key_id"),
                            texts("kms_encryption_context"),
                            text("encryption_key")),
                    text("sts_endpoint"),
                    integer("max_retries")),
            List.of(
                    together(
                            "add it, or remove both to use the environment or an IAM role", "access_key", "secret_key"),
                    excludes("aws_sdk_auth", "access_key"),
                    needs("sse_config.type", "SSE-KMS", "sse_config.kms_key_id"),
                    needs("sse_config.type", "SSE-C", "sse_config.encryption_key"),
                    clientCertificate()),
            StoragePlace::s3),

    /** A name is unique. */
    GCS(
            true,
            List.of(
                    text("bucket").needed(),
                    text("service_account", "the JSON of a service account's key", StorageProvider::isServiceAccount),
                    bool("use_grpc"),
                    integer("grpc_conn_pool_size"),
                    httpConfig(tlsConfig()),
                    integer("chunk_size_bytes"),
                    integer("max_retries")),
            List.of(clientCertificate()),
            StoragePlace::gcs),

    /** A container is that of a storage account, which a connection string names itself. */
    AZURE(
            true,
            List.of(
                    text("storage_account").needed(),
                    text("container").needed(),
                    base64("storage_account_key"),
                    text(
                            "storage_connection_string",
                            "a connection string with AccountName and AccountKey,"
                                    + " or with BlobEndpoint and SharedAccessSignature",
                            value -> AzureConnection.of(value).isPresent()),
                    bool("storage_create_container"),
                    text("az_tenant_id", "the ID or a domain of the tenant", value -> value.matches("[0-9A-Za-z.-]+")),
                    text("client_id"),
                    text("client_secret"),
                    text("user_assigned_id"),
                    text("endpoint"),
                    integer("max_retries"),
                    block("reader_config", integer("max_retry_requests", 0, Long.MAX_VALUE)),
                    block(
                            "pipeline_config",
                            integer("max_tries", 0, Integer.MAX_VALUE),
                            duration("try_timeout"),
                            duration("retry_delay"),
                            duration("max_retry_delay")),
                    httpConfig(tlsConfig()),
                    text("msi_resource")),
            List.of(
                    exclusive("user_assigned_id", "storage_account_key"),
                    exclusive("user_assigned_id", "storage_connection_string"),
                    exclusive("user_assigned_id", "client_id"),
                    exclusive("storage_account_key", "storage_connection_string"),
                    together(
                            "add it, or remove all of az_tenant_id, client_id and client_secret",
                            "az_tenant_id",
                            "client_id",
                            "client_secret"),
                    clientCertificate()),
            StoragePlace::azure),

    /** A container is that of a project in a region of one cloud; without a project, that of the cloud. */
    SWIFT(
            true,
            List.of(
                    url("auth_url").needed(),
                    text("container_name").needed(),
                    integer("auth_version", 0, 3),
                    text("username"),
                    text("user_id"),
                    text("user_domain_name"),
                    text("user_domain_id"),
                    text("password"),
                    text("domain_id"),
                    text("domain_name"),
                    text("application_credential_id"),
                    text("application_credential_name"),
                    text("application_credential_secret"),
                    text("project_id"),
                    text("project_name"),
                    text("project_domain_id"),
                    text("project_domain_name"),
                    text("region_name"),
                    integer("large_object_chunk_size"),
                    text("large_object_segments_container_name"),
                    integer("retries"),
                    duration("connect_timeout"),
                    duration("timeout"),
                    bool("use_dynamic_large_objects"),
                    httpConfig(tlsConfig())),
            List.of(
                    anyOf("username", "user_id", "application_credential_id"),
                    anyOf("password", "application_credential_secret"),
                    StorageProvider::swiftVersion,
                    clientCertificate()),
            StoragePlace::swift),

    /** The host has the name of the bucket, and is made of other keys if it is not given. */
    COS(
            false,
            List.of(
                    text("bucket"),
                    text("region"),
                    text("app_id"),
                    url("endpoint"),
                    text("secret_key").needed(),
                    text("secret_id").needed(),
                    integer("max_retries"),
                    httpConfig(tlsConfig())),
            List.of(unless("endpoint", "bucket", "region", "app_id"), clientCertificate()),
            StoragePlace::cos),

    /** An endpoint for use from within Alibaba's network leads to the same buckets. */
    ALIYUNOSS(
            false,
            List.of(
                    address("endpoint").needed(),
                    text(
                                    "bucket",
                                    "3 to 63 lower case letters, digits and hyphens, with no hyphen at the ends",
                                    Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
                                            .asMatchPredicate())
                            .needed(),
                    text("access_key_id").needed(),
                    text("access_key_secret").needed()),
            List.of(),
            StoragePlace::aliyun),

    BOS(
            false,
            List.of(
                    text("bucket").needed(),
                    address("endpoint").needed(),
                    text("access_key").needed(),
                    text("secret_key").needed()),
            List.of(),
            StoragePlace::server),

    /** The tenancy is often known to the node only, so two of them are not told apart. */
    OCI(
            false,
            List.of(
                    text("provider", "one of default, instance-principal, raw, oke-workload-identity", value -> List.of(
                                            "default", "instance-principal", "raw", "oke-workload-identity")
                                    .contains(value.toLowerCase(Locale.ROOT)))
                            .needed(),
                    text("bucket").needed(),
                    text("compartment_ocid"),
                    text("tenancy_ocid"),
                    text("user_ocid"),
                    text("region"),
                    text("fingerprint"),
                    text("privatekey", "a private key as PEM text", value -> value.contains("-----BEGIN ")),
                    text("passphrase"),
                    integer("part_size"),
                    integer("max_request_retries"),
                    integer("request_retry_interval"),
                    httpConfig(goDuration("client_timeout"))),
            List.of(needs("provider", "raw", "tenancy_ocid", "user_ocid", "region", "fingerprint", "privatekey")),
            StoragePlace::oci),

    OBS(
            true,
            List.of(
                    text("bucket").needed(),
                    address("endpoint").needed(),
                    text("access_key").needed(),
                    text("secret_key").needed(),
                    integer("max_retries"),
                    httpConfig(tlsConfig())),
            List.of(clientCertificate()),
            StoragePlace::server),

    /** A directory counts as the same in every pod, as it is when it comes from a shared volume. */
    FILESYSTEM(false, List.of(text("directory").needed()), List.of(), StoragePlace::directory);

    private static final Pattern S3_ENDPOINT = Pattern.compile(
            "(?:\\[[0-9a-fA-F:.]+]|(?![-_.])[^\\s`~!@#$%^&*()+={}\\[\\]|\\\\\"';:><?/]{1,255}(?<![-_]))(?::\\d*)?/?");

    /** One of the versions, or a variable. */
    private static final Pattern SWIFT_VERSION = Pattern.compile("v[123]|\\$\\(");

    private final boolean strict;
    private final List<StorageKey> keys;
    private final List<StorageRule> rules;
    private final Function<ConfigMapping, StoragePlace> place;

    StorageProvider(
            boolean strict,
            List<StorageKey> keys,
            List<StorageRule> rules,
            Function<ConfigMapping, StoragePlace> place) {
        this.strict = strict;
        this.keys = keys;
        this.rules = rules;
        this.place = place;
    }

    /** Thanos does not mind the case. */
    static Optional<StorageProvider> of(String type) {
        return Arrays.stream(values())
                .filter(provider -> provider.name().equalsIgnoreCase(type))
                .findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Enum::name).sorted().toList();
    }

    /** Whether Thanos refuses keys that the provider does not have. */
    boolean isStrict() {
        return strict;
    }

    List<StorageKey> keys() {
        return keys;
    }

    List<StorageRule> rules() {
        return rules;
    }

    /** Where the objects are, as far as the configuration tells. */
    StoragePlace place(ConfigMapping config) {
        return place.apply(config);
    }

    private static StorageRule clientCertificate() {
        return together(
                "a client certificate has both", "http_config.tls_config.cert_file", "http_config.tls_config.key_file");
    }

    /** The client takes Amazon and Google by their own hosts only, and the bucket from its key. */
    private static boolean isS3Endpoint(String endpoint) {
        var host = endpoint.toLowerCase(Locale.ROOT).replaceFirst("(:\\d*)?/?$", "");
        return S3_ENDPOINT.matcher(endpoint).matches()
                && !host.contains(".s3.amazonaws.com")
                && (!host.endsWith(".googleapis.com") || host.equals("storage.googleapis.com"));
    }

    private static boolean isServiceAccount(String json) {
        try {
            // All JSON is YAML.
            return json.stripLeading().startsWith("{")
                    && ConfigYaml.read(json)
                            .flatMap(ConfigMapping::of)
                            .filter(account -> account.has("type"))
                            .isPresent();
        } catch (ConfigYaml.UnreadableException e) {
            return false;
        }
    }

    /** The client looks for the version in the URL when it is not told. */
    private static List<String> swiftVersion(ConfigMapping config) {
        var isTold = config.given("auth_version")
                .filter(version -> !ConfigYaml.integer(version).equals(Optional.of(BigInteger.ZERO)))
                .isPresent();
        return isTold
                        || !config.has("auth_url")
                        || SWIFT_VERSION.matcher(config.text("auth_url")).find()
                ? List.of()
                : List.of("config.auth_version is missing: add it, since config.auth_url does not tell v1, v2 or v3");
    }
}
