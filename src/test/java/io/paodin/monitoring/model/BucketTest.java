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

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BucketTest {

    private static Bucket bucket(String content) {
        return ObjectStorage.parse(content).bucket().orElseThrow();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void isTheSame(String why, String one, String other) {
        assertThat(bucket(one)).isEqualTo(bucket(other));
        assertThat(bucket(one).id()).isEqualTo(bucket(other).id());
    }

    static Stream<Arguments> isTheSame() {
        var account = AZURE.without("storage_account_key");
        return Stream.of(
                arguments(
                        "other credentials",
                        S3.yaml(),
                        S3.with("access_key: a", "secret_key: b").yaml()),
                arguments("a provider in lower case", S3.yaml(), S3.type("s3").yaml()),
                arguments(
                        "a server in capitals",
                        S3.yaml(),
                        S3.with("endpoint: S3.EXAMPLE.COM").yaml()),
                arguments(
                        "a server with its port",
                        S3.yaml(),
                        S3.with("endpoint: s3.example.com:443").yaml()),
                arguments(
                        "a server with a slash",
                        S3.yaml(),
                        S3.with("endpoint: s3.example.com/").yaml()),
                arguments(
                        "a server with a dot",
                        S3.yaml(),
                        S3.with("endpoint: s3.example.com.").yaml()),
                arguments(
                        "two regions of Amazon",
                        S3.with("endpoint: s3.amazonaws.com").yaml(),
                        S3.with("endpoint: s3.dualstack.eu-west-1.amazonaws.com", "region: eu-west-1")
                                .yaml()),
                arguments("a prefix of slashes", S3.yaml(), S3.yaml() + "prefix: //"),
                arguments("a prefix between slashes", S3.yaml() + "prefix: a/b", S3.yaml() + "prefix: /a/b//"),
                arguments(
                        "other credentials of Google",
                        GCS.yaml(),
                        GCS.without("service_account").yaml()),
                arguments(
                        "the endpoint of Azure",
                        AZURE.yaml(),
                        AZURE.with("endpoint: blob.core.windows.net").yaml()),
                arguments(
                        "the account of a connection string",
                        AZURE.yaml(),
                        account.with(
                                        "storage_account: a",
                                        "storage_connection_string: AccountName=acme;AccountKey=aGk=")
                                .yaml()),
                arguments(
                        "the endpoint of a connection string",
                        AZURE.yaml(),
                        account.with("storage_connection_string:"
                                        + " BlobEndpoint=https://acme.blob.core.windows.net/;SharedAccessSignature=a=b")
                                .yaml()),
                arguments(
                        "another user of Swift",
                        SWIFT.yaml(),
                        SWIFT.with("username: b").yaml()),
                arguments(
                        "another version of Swift",
                        SWIFT.yaml(),
                        SWIFT.with("auth_url: https://keystone.example.com:443/v2.0/")
                                .yaml()),
                arguments(
                        "the URL of a bucket of COS",
                        COS.yaml(),
                        COS.with("endpoint: https://blocks-125.cos.ap-beijing.myqcloud.com")
                                .yaml()),
                arguments(
                        "the inner endpoint of OSS",
                        ALIYUNOSS.yaml(),
                        ALIYUNOSS
                                .with("endpoint: https://oss-cn-hangzhou-internal.aliyuncs.com")
                                .yaml()),
                arguments(
                        "a URL of BOS",
                        BOS.yaml(),
                        BOS.with("endpoint: http://bj.bcebos.com:80").yaml()),
                arguments(
                        "a URL of OBS",
                        OBS.yaml(),
                        OBS.with("endpoint: https://OBS.eu.example.com/").yaml()),
                arguments(
                        "another user of OCI",
                        OCI.yaml(),
                        OCI.with("user_ocid: a").yaml()),
                arguments(
                        "a directory",
                        FILESYSTEM.yaml(),
                        FILESYSTEM.with("directory: //a/.././blocks/").yaml()),
                arguments(
                        "a variable",
                        S3.with("bucket: $(A)").yaml(),
                        S3.with("bucket: $(A)", "access_key: b").yaml()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void isAnother(String why, String one, String other) {
        assertThat(bucket(one)).isNotEqualTo(bucket(other));
        assertThat(bucket(one).id()).isNotEqualTo(bucket(other).id());
    }

    static Stream<Arguments> isAnother() {
        var account = AZURE.without("storage_account_key");
        return Stream.of(
                arguments("another provider", OBS.yaml(), OBS.type("BOS").yaml()),
                arguments(
                        "another server",
                        S3.yaml(),
                        S3.with("endpoint: s3.example.org").yaml()),
                arguments(
                        "another port",
                        S3.yaml(),
                        S3.with("endpoint: s3.example.com:9000").yaml()),
                arguments("another bucket", S3.yaml(), S3.with("bucket: a").yaml()),
                arguments("another prefix", S3.yaml() + "prefix: a", S3.yaml() + "prefix: a/b"),
                arguments("a prefix", S3.yaml(), S3.yaml() + "prefix: a"),
                arguments(
                        "Amazon in China",
                        S3.with("endpoint: s3.amazonaws.com").yaml(),
                        S3.with("endpoint: s3.cn-north-1.amazonaws.com.cn").yaml()),
                arguments(
                        "Amazon for the government",
                        S3.with("endpoint: s3.amazonaws.com").yaml(),
                        S3.with("endpoint: s3.us-gov-west-1.amazonaws.com").yaml()),
                arguments(
                        "a host that only looks like Amazon's",
                        S3.with("endpoint: s3.amazonaws.com").yaml(),
                        S3.with("endpoint: notamazonaws.com").yaml()),
                arguments(
                        "another bucket of Google",
                        GCS.yaml(),
                        GCS.with("bucket: a").yaml()),
                arguments(
                        "another account",
                        AZURE.yaml(),
                        AZURE.with("storage_account: a").yaml()),
                arguments(
                        "another container",
                        AZURE.yaml(),
                        AZURE.with("container: a").yaml()),
                arguments(
                        "another Azure",
                        AZURE.yaml(),
                        AZURE.with("endpoint: blob.core.chinacloudapi.cn").yaml()),
                arguments(
                        "another path of a connection string",
                        account.with("storage_connection_string: BlobEndpoint=http://a/b;SharedAccessSignature=c")
                                .yaml(),
                        account.with("storage_connection_string: BlobEndpoint=http://a/c;SharedAccessSignature=c")
                                .yaml()),
                arguments(
                        "another cloud",
                        SWIFT.yaml(),
                        SWIFT.with("auth_url: https://example.org/v3").yaml()),
                arguments(
                        "another region",
                        SWIFT.yaml(),
                        SWIFT.with("region_name: a").yaml()),
                arguments(
                        "another project",
                        SWIFT.with("project_id: a").yaml(),
                        SWIFT.with("project_id: b").yaml()),
                arguments(
                        "another container of Swift",
                        SWIFT.yaml(),
                        SWIFT.with("container_name: a").yaml()),
                arguments(
                        "another application of COS",
                        COS.yaml(),
                        COS.with("app_id: 126").yaml()),
                arguments(
                        "another region of COS",
                        COS.yaml(),
                        COS.with("region: ap-tokyo").yaml()),
                arguments(
                        "another bucket of OSS",
                        ALIYUNOSS.yaml(),
                        ALIYUNOSS.with("bucket: abc").yaml()),
                arguments(
                        "another region of OCI",
                        OCI.yaml(),
                        OCI.with("region: us-ashburn-1").yaml()),
                arguments(
                        "another bucket of OCI",
                        OCI.yaml(),
                        OCI.with("bucket: a").yaml()),
                arguments(
                        "another directory",
                        FILESYSTEM.yaml(),
                        FILESYSTEM.with("directory: /blocks/a").yaml()));
    }

    @Test
    void theIdTellsNoName() {
        assertThat(bucket(S3.yaml()).id()).matches("[0-9a-f]{16}");
    }

    @Test
    void theIdKeepsThePartsApart() {
        assertThat(new Bucket("S3", "ab", "c", "").id()).isNotEqualTo(new Bucket("S3", "a", "bc", "").id());
    }

    @Test
    void theIdStaysOverReleases() {
        // It is on the pods that run: another one would look like another bucket.
        assertThat(new Bucket("S3", "s3.example.com", "blocks", "a").id()).isEqualTo("50c7911a252ad7ea");
    }

    @ParameterizedTest
    @CsvSource({
        "S3, minio, minio.team",
        "S3, minio:9000, minio.team:9000",
        "S3, minio.team:9000, minio.team:9000",
        "S3, minio.team.svc:9000, minio.team:9000",
        "S3, minio.team.svc.cluster.local:9000, minio.team:9000",
        "S3, minio.other.svc:9000, minio.other:9000",
        "S3, s3.example.com, s3.example.com",
        "S3, s3.svc.example.com, s3.svc.example.com",
        "S3, amazonaws.com, amazonaws.com",
        "S3, [::1]:9000, [::1]:9000",
        "S3, 10.0.0.1:9000, 10.0.0.1:9000",
        "SWIFT, keystone:5000/region/project, keystone.team:5000/region/project",
        "OCI, eu-frankfurt-1, eu-frankfurt-1",
        "GCS, '', ''",
        "FILESYSTEM, '', team"
    })
    void aServerOfTheClusterIsTheSameByAllItsNames(String provider, String endpoint, String seen) {
        var bucket = new Bucket(provider, endpoint, "metrics", "prefix");
        assertThat(bucket.seenFrom("team")).isEqualTo(new Bucket(provider, seen, "metrics", "prefix"));
        assertThat(bucket.seenFrom("team").seenFrom("team")).isEqualTo(bucket.seenFrom("team"));
    }

    @Test
    void theSameShortNameIsAnotherServerInAnotherNamespace() {
        var bucket = new Bucket("S3", "minio:9000", "metrics", "");
        assertThat(bucket.seenFrom("a").id()).isNotEqualTo(bucket.seenFrom("b").id());
    }
}
