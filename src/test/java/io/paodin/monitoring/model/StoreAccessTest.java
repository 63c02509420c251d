package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.CertificatesTest.file;
import static org.assertj.core.api.Assertions.assertThat;

import io.paodin.monitoring.api.v1alpha1.QueryStore;
import io.paodin.monitoring.model.MaterialRef.Kind;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What certificates and credentials make of a store. */
class StoreAccessTest {

    private static final Instant NOW = Instant.parse("2025-06-01T00:00:00Z");
    private static final String MUTUAL = """
            {name: m, addresses: ['m:443'], tlsConfig: {ca: {configMap: {name: ca, key: ca.crt}}, \
            cert: {secret: {name: client, key: tls.crt}}, keySecret: {name: client, key: tls.key}}}""";
    private static final String TOKEN =
            "{name: t, addresses: ['t:443'], tlsConfig: {}, authorization: {credentials: {name: c, key: token}}}";
    private static final String BASIC = """
            {name: b, addresses: ['b:443'], tlsConfig: {}, \
            basicAuth: {username: {name: c, key: user}, password: {name: c, key: password}}}""";

    private final Map<MaterialRef, SecretValue> material = new HashMap<>(Map.of(
            new MaterialRef(Kind.ConfigMap, "ca", "ca.crt"),
            found(file("authority.crt")),
            secret("client", "tls.crt"),
            found(file("ec.crt")),
            secret("client", "tls.key"),
            found(file("ec.key")),
            secret("c", "token"),
            found(" a-token\n"),
            secret("c", "user"),
            found("user\n"),
            secret("c", "password"),
            found("pass:word\r\n")));

    private PublishedStores published = PublishedStores.NONE;
    private Instant now = NOW;

    private static MaterialRef secret(String name, String key) {
        return new MaterialRef(Kind.Secret, name, key);
    }

    private static SecretValue found(String content) {
        return new SecretValue.Found(content);
    }

    private List<Store> stores(String... stores) {
        var thanos = Examples.thanos("query: {stores: [" + String.join(", ", stores) + "]}");
        var inputs = Inputs.NONE.with(new StoreInputs(material, published, Optional.of(now)));
        var cluster = Cluster.of(thanos, inputs, Examples.DEFAULT_SETTINGS);
        assertThat(cluster.violations()).isEmpty();
        return cluster.query().orElseThrow().stores();
    }

    private StoreAccess access(String store) {
        return stores(store).get(0).access().orElseThrow();
    }

    private StoreMaterial read(String store) {
        var access = access(store);
        assertThat(access.message()).isEmpty();
        return access.published().orElseThrow().material();
    }

    private String trouble(String store) {
        return access(store).trouble().orElseThrow().message();
    }

    @Test
    void certificatesAndKeysAreThoseThatAreNamed() {
        assertThat(read(MUTUAL))
                .isEqualTo(new StoreMaterial(file("authority.crt"), file("ec.crt"), file("ec.key"), null));
    }

    @Test
    void credentialsAreWithoutTheLineBreaksOfEditors() {
        assertThat(read(TOKEN).credential()).isEqualTo("a-token");
        assertThat(new String(Base64.getDecoder().decode(read(BASIC).credential())))
                .isEqualTo("user:pass:word");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    token    |            | is empty: write it
                    token    | two\\nlines | has a line break
                    user     | a:b        | has a colon
                    password | ''         | is empty: write it
                    """)
    void aCredentialThatIsNoneIsRefusedWithTheRemedy(String key, String content, String remedy) {
        material.put(secret("c", key), found(content == null ? " \n" : content.replace("\\n", "\n")));
        assertThat(trouble(key.equals("token") ? TOKEN : BASIC))
                .startsWith("Secret c, key " + key)
                .contains(remedy)
                .endsWith("until then the store is left out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    tls.crt | short.crt     | has an RSA key of fewer than 2048 bits
                    tls.crt | ec.key        | holds no certificate
                    tls.key | other.key     | is not the key of the certificate
                    tls.key | encrypted.key | is encrypted
                    """)
    void aCertificateOrKeyThatEnvoyWouldRefuseLeavesTheStoreOut(String key, String content, String why) {
        material.put(secret("client", key), found(file(content)));
        var access = access(MUTUAL);
        assertThat(access.published()).isEmpty();
        assertThat(access.trouble()).hasValueSatisfying(trouble -> {
            assertThat(trouble.reason()).isEqualTo(Reason.StoreUnusable);
            assertThat(trouble.message()).contains("Secret client, key " + key + ": " + why);
        });
    }

    @Test
    void whatIsMissingIsNamedWithTheRemedyAndConcernsNoOtherStore() {
        material.put(secret("c", "token"), new SecretValue.Missing("has no key token: add it"));
        var stores = stores(TOKEN, MUTUAL);
        assertThat(stores.get(0).access().orElseThrow().message())
                .isEqualTo("Secret c has no key token: add it; until then the store is left out");
        assertThat(stores.get(0).endpoints()).isEmpty();
        assertThat(stores.get(1).endpoints()).containsExactly(new Store.Endpoint("127.0.0.1:11000", false));
    }

    @Test
    void whatWasReadBeforeIsUsedWhileItCannotBeReadAnew() {
        var before = new StoreMaterial(null, null, null, "before");
        published = published(TOKEN, before);
        material.put(secret("c", "token"), new SecretValue.Unreadable("timeout"));
        var passing = access(TOKEN);
        assertThat(passing.published().orElseThrow().material()).isEqualTo(before);
        assertThat(passing.trouble().orElseThrow())
                .isEqualTo(
                        new Holdup(
                                Reason.UnreadableSecret,
                                "Secret c cannot be read: timeout; it is tried again; until then what was read before is used"));

        material.put(secret("c", "token"), new SecretValue.Missing("does not exist: create it"));
        assertThat(access(TOKEN).published().orElseThrow().material()).isEqualTo(before);
        assertThat(access(TOKEN).trouble().orElseThrow().reason()).isEqualTo(Reason.StoreUnusable);
    }

    @Test
    void whatWasReadBeforeIsOfNoUseIfMoreIsAskedForNow() {
        published = published(TOKEN, new StoreMaterial(null, null, null, null));
        material.put(secret("c", "token"), new SecretValue.Missing("does not exist: create it"));
        assertThat(access(TOKEN).published()).isEmpty();
    }

    @Test
    void aCertificateThatHasEndedIsToldWithItsDateAndLeftToTheStoreToRefuse() {
        material.put(secret("client", "tls.crt"), found(file("year.crt")));
        now = Instant.parse("2026-02-01T00:00:00Z");
        var access = access(MUTUAL);
        assertThat(access.published()).isPresent();
        assertThat(access.trouble().orElseThrow().message())
                .isEqualTo("the client certificate in Secret client, key tls.crt has ended on 2026-01-01T00:00:00Z: "
                        + "renew it");
    }

    @Test
    void aCertificateThatEndsSoonIsRemarkedWithItsDate() {
        material.put(secret("client", "tls.crt"), found(file("year.crt")));
        now = Instant.parse("2025-12-25T00:00:00Z");
        assertThat(access(MUTUAL).trouble()).isEmpty();
        assertThat(access(MUTUAL).remarks())
                .containsExactly("the client certificate in Secret client, key tls.crt ends on 2026-01-01T00:00:00Z: "
                        + "renew it");
    }

    @Test
    void anAuthorityThatIsNotThereYetCountsOnlyIfThereIsNoOther() {
        material.put(new MaterialRef(Kind.ConfigMap, "ca", "ca.crt"), found(file("year.crt") + file("next.crt")));
        assertThat(access(MUTUAL).message()).isEmpty();
        material.put(new MaterialRef(Kind.ConfigMap, "ca", "ca.crt"), found(file("next.crt")));
        assertThat(trouble(MUTUAL))
                .startsWith("the authority's certificate in ConfigMap ca, key ca.crt begins only on 2025-12-01");
    }

    @Test
    void ofTheClientsCertificatesTheOneThatIsShownCounts() {
        material.put(secret("client", "tls.crt"), found(file("next.crt") + file("authority.crt")));
        assertThat(trouble(MUTUAL))
                .startsWith("the client certificate in Secret client, key tls.crt begins only on 2025-12-01");
        material.put(secret("client", "tls.crt"), found(file("year.crt") + file("next.crt")));
        assertThat(access(MUTUAL).message()).isEmpty();
    }

    @Test
    void authoritiesHaveEndedWhenTheLastOneHas() {
        material.put(new MaterialRef(Kind.ConfigMap, "ca", "ca.crt"), found(file("day.crt") + file("year.crt")));
        assertThat(access(MUTUAL).message()).isEmpty();
        now = Instant.parse("2026-02-01T00:00:00Z");
        assertThat(trouble(MUTUAL)).startsWith("the authority's certificate in ConfigMap ca, key ca.crt has ended");
    }

    @Test
    void thatNothingIsVerifiedIsRemarked() {
        assertThat(access("{addresses: ['a:1'], tlsConfig: {insecureSkipVerify: true}}")
                        .message())
                .isEqualTo(StoreAccess.UNVERIFIED);
    }

    @Test
    void whatDoesNotFitIntoOneSecretLeavesOutTheStoresBehind() {
        material.put(secret("c", "big"), found(file("authority.crt") + "# comment\n".repeat(50_000)));
        var big = "{name: %s, addresses: ['%s:1'], caSecret: {name: c, key: big}}";
        var stores = stores(big.formatted("a", "a"), big.formatted("b", "b"), TOKEN);
        assertThat(stores).extracting(store -> store.endpoints().size()).containsExactly(1, 0, 1);
        assertThat(stores.get(1).access().orElseThrow().message()).contains("there is no room for it");
    }

    @Test
    void aServerIsKnownByItsNameUnlessOthersAreGiven() {
        var plain = address("{addresses: ['Thanos.example.com:443'], tlsConfig: {}}");
        assertThat(plain.sni()).isEqualTo("thanos.example.com");
        assertThat(plain.authority()).isEqualTo("thanos.example.com");
        assertThat(plain.names()).containsExactly(HostName.of("thanos.example.com"));

        var named = address("{addresses: ['192.0.2.1:443'], tlsConfig: {serverName: thanos.example.com}}");
        assertThat(named.host()).isEqualTo(HostName.of("192.0.2.1"));
        assertThat(named.sni()).isEqualTo("thanos.example.com");
        assertThat(named.names()).containsExactly(HostName.of("thanos.example.com"));

        var literal = address("{addresses: ['[2001:db8::0:1]:443'], tlsConfig: {}}");
        assertThat(literal.sni()).isNull();
        assertThat(literal.names()).containsExactly(new HostName(HostName.Type.IP_ADDRESS, "2001:db8::1"));

        var others = address("{addresses: ['a:443'], tlsConfig: {subjectAltNames: [b, 'spiffe://c/d']}}");
        assertThat(others.sni()).isEqualTo("a");
        assertThat(others.names()).containsExactly(HostName.of("b"), HostName.of("spiffe://c/d"));
    }

    /** A store as it was published. */
    private PublishedStores published(String store, StoreMaterial with) {
        var before = SecuredStore.of(spec(store), SecuredStore.id("t"), with);
        var port = new AtomicInteger(11000);
        return new PublishedStores(
                List.of(before.withPorts(before.addresses().stream()
                        .collect(Collectors.toMap(SecuredStore.Address::id, address -> port.getAndIncrement())))),
                false);
    }

    private static QueryStore spec(String store) {
        return Examples.thanos("query: {stores: [%s]}".formatted(store))
                .getSpec()
                .query
                .stores
                .get(0);
    }

    /** A secret goes where it was meant to go, also if it cannot be read any more. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            t:443         | other:443
            tlsConfig: {} | tlsConfig: {serverName: other}
            tlsConfig: {} | tlsConfig: {subjectAltNames: [other]}
            tlsConfig: {} | tlsConfig: {insecureSkipVerify: true}
            {credentials  | {type: Other, credentials
            """)
    void whatWasReadBeforeIsSentNowhereElse(String field, String other) {
        var changed = TOKEN.replace(field, other);
        assertThat(changed).isNotEqualTo(TOKEN);
        published = published(TOKEN, new StoreMaterial(null, null, null, "before"));
        material.put(secret("c", "token"), new SecretValue.Missing("does not exist: create it"));
        assertThat(access(changed).published()).isEmpty();
        assertThat(trouble(changed)).endsWith("until then the store is left out");
    }

    @Test
    void whatWasReadBeforeIsSentToThoseThatHadItBefore() {
        published = published(TOKEN, new StoreMaterial(null, null, null, "before"));
        material.put(secret("c", "token"), new SecretValue.Missing("does not exist: create it"));
        assertThat(access(TOKEN.replace("'t:443'", "'other:443', 't:443'"))
                        .published()
                        .orElseThrow()
                        .addresses())
                .extracting(SecuredStore.Address::text)
                .containsExactly("t:443");
    }

    /** While a resource is invalid, its published stores get new secrets, but not those of others. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            name: t                | name: t          | a-token
            't:443'                | 't:443', 'u:443' | a-token
            't:443'                | 'other:443'      | before
            addresses: ['t:443'],  | ""               | before
            """)
    void whatIsReadWhileTheResourceIsInvalidIsSentNowhereElse(String field, String other, String sent) {
        published = published(TOKEN, new StoreMaterial(null, null, null, "before"));
        var renewed = EnvoyFiles.renewed(
                        List.of(spec(TOKEN.replace(field, other))),
                        new Names("central"),
                        new StoreInputs(material, published, Optional.empty()))
                .orElseThrow();
        assertThat(renewed.stores().get(0).material().credential()).isEqualTo(sent);
    }

    private SecuredStore.Address address(String store) {
        return access(store).published().orElseThrow().addresses().get(0);
    }

    @Test
    void portsAndNamesOfStoresDoNotDependOnTheOthers() {
        var one = "{addresses: ['one:443', 'two:443'], tlsConfig: {}}";
        var alone = access(one).published().orElseThrow();
        published = new PublishedStores(List.of(alone), false);
        var among = stores(TOKEN, MUTUAL, "{addresses: ['zero:443'], tlsConfig: {}}", one);
        assertThat(among.get(3).access().orElseThrow().published()).contains(alone);
    }

    @Test
    void aStoreWithoutANameIsAnotherOnceItsFirstAddressIs() {
        int named = portOfOne("name: s, ", "['one:1', 'two:1']");
        assertThat(portOfOne("name: s, ", "['two:1', 'three:1', 'one:1']")).isEqualTo(named);

        published = PublishedStores.NONE;
        int unnamed = portOfOne("", "['one:1', 'two:1']");
        assertThat(portOfOne("", "['one:1', 'three:1', 'two:1']")).isEqualTo(unnamed);
        assertThat(portOfOne("", "['two:1', 'three:1', 'one:1']")).isNotEqualTo(unnamed);
    }

    /** What it gets is published. */
    private int portOfOne(String name, String addresses) {
        var store = access("{%saddresses: %s, tlsConfig: {}}".formatted(name, addresses))
                .published()
                .orElseThrow();
        published = new PublishedStores(List.of(store), false);
        return store.addresses().stream()
                .filter(address -> address.text().equals("one:1"))
                .findFirst()
                .orElseThrow()
                .listenerPort();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-token", "pass:word", "PRIVATE KEY"})
    void nothingThatIsPrintedHasASecretInIt(String secret) {
        assertThat(stores(TOKEN, MUTUAL, BASIC).toString()).doesNotContain(secret);
        assertThat(new StoreInputs(material, published, Optional.empty()).toString())
                .doesNotContain(secret);
    }
}
