package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which component reads which Secret, what a Secret that is not as it should be means, and in which order a change is made. */
class StoragePlanTest {

    private static final SecretRef OBJSTORE = new SecretRef("objstore", "thanos.yaml");
    private static final String ALL = """
            objectStorageConfig: {name: objstore, key: thanos.yaml}
            receive: {ingestors: [{name: z}, {name: a, tenants: [a]}]}
            storeGateway: {}
            compact: {}
            """;
    private static final String OLD = "{type: S3, config: {endpoint: s3.example.com, bucket: a}}";
    private static final String NEW = "{type: S3, config: {endpoint: s3.example.com, bucket: a, region: b}}";
    private static final List<String> IN_ORDER =
            List.of("receive-ingestor-a", "receive-ingestor-z", "store-gateway", "compact");

    private final Map<SecretRef, SecretValue> secrets = new HashMap<>();
    private final Map<String, Inputs.Running> running = new HashMap<>();

    private Cluster cluster(String spec) {
        return Cluster.of(
                Examples.thanos(spec),
                new Inputs(secrets, running, Optional.empty(), Optional.empty()),
                Examples.DEFAULT_SETTINGS);
    }

    private Map<String, String> versions(String spec) {
        var versions = new HashMap<String, String>();
        cluster(spec).components().forEach(component -> component
                .objectStorage()
                .ifPresent(storage -> versions.put(component.id(), storage.version())));
        return versions;
    }

    /** All components have been applied, and are as they should be. */
    private void run(String spec) {
        cluster(spec).components().forEach(component -> component
                .objectStorage()
                .ifPresent(storage -> running.put(component.workload().name(), settled(storage.version()))));
    }

    private static Inputs.Running settled(String version) {
        return new Inputs.Running("receive-ingestor-a", 1, version, null, false, true);
    }

    private static Inputs.Running unsettled(String version) {
        return new Inputs.Running("receive-ingestor-a", 1, version, null, false, false);
    }

    private Component component(String spec, String id) {
        return cluster(spec).components().stream()
                .filter(component -> component.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aComponentsOwnReferenceIsInFrontOfTheDefault() {
        var spec = ALL.replace("storeGateway: {}", "storeGateway: {objectStorageConfig: {name: own, key: k}}");
        assertThat(component(spec, "store-gateway").objectStorage().orElseThrow())
                .extracting(StorageAccess::secret, StorageAccess::key)
                .containsExactly("own", "k");
        assertThat(component(spec, "compact").objectStorage().orElseThrow().secret())
                .isEqualTo("objstore");
    }

    @Test
    void eachSecretIsAskedForOnce() {
        var spec = ALL.replace("storeGateway: {}", "storeGateway: {objectStorageConfig: {name: own, key: k}}");
        assertThat(Cluster.references(Examples.thanos(spec)))
                .containsExactlyInAnyOrder(OBJSTORE, new SecretRef("own", "k"));
    }

    @Test
    void whatCannotBeANameIsNotAskedFor() {
        assertThat(Cluster.references(Examples.thanos("objectStorageConfig: {name: A/B, key: k}\ncompact: {}")))
                .isEmpty();
        assertThat(Cluster.references(Examples.thanos("objectStorageConfig: {name: a}\ncompact: {}")))
                .isEmpty();
        assertThat(Cluster.references(Examples.thanos("objectStorageConfig: {name: a, key: k}\nquery: {}")))
                .as("needed by nobody")
                .isEmpty();
    }

    @Test
    void theContentIsToldByAHash() {
        secrets.put(OBJSTORE, new SecretValue.Found(OLD));
        assertThat(versions(ALL)).containsOnlyKeys(IN_ORDER);
        assertThat(versions(ALL).values()).doesNotContainNull().allMatch(v -> v.startsWith("objstore/thanos.yaml@"));
        assertThat(versions(ALL).get("compact")).doesNotContain("s3.example.com");
    }

    @Test
    void aChangedContentReachesOneComponentAfterTheOther() {
        secrets.put(OBJSTORE, new SecretValue.Found(OLD));
        run(ALL);
        var old = versions(ALL).get("compact");
        secrets.put(OBJSTORE, new SecretValue.Found(NEW));

        for (var turn : IN_ORDER) {
            var changed = IN_ORDER.indexOf(turn);
            assertThat(IN_ORDER)
                    .allSatisfy(id -> assertThat(versions(ALL).get(id).equals(old))
                            .as("%s keeps the old content while it is the turn of %s", id, turn)
                            .isEqualTo(IN_ORDER.indexOf(id) > changed));
            var applied = versions(ALL).get(turn);
            running.put(component(ALL, turn).workload().name(), unsettled(applied));
            assertThat(versions(ALL).values().stream().filter(old::equals))
                    .as("nobody else while the pods of %s are replaced", turn)
                    .hasSize(IN_ORDER.size() - changed - 1);
            running.put(component(ALL, turn).workload().name(), settled(applied));
        }
        assertThat(versions(ALL).values()).doesNotContain(old);
    }

    @Test
    void whoWaitsSaysForWhom() {
        secrets.put(OBJSTORE, new SecretValue.Found(OLD));
        run(ALL);
        secrets.put(OBJSTORE, new SecretValue.Found(NEW));
        assertThat(component(ALL, "receive-ingestor-a").waiting()).isEmpty();
        assertThat(component(ALL, "compact").waiting())
                .hasValue("takes the changed Secret objstore when receive-ingestor-a has done so");
    }

    @Test
    void anotherSecretIsAChangeOfTheSpecAndMadeAtOnce() {
        secrets.put(OBJSTORE, new SecretValue.Found(OLD));
        secrets.put(new SecretRef("other", "k"), new SecretValue.Found(NEW));
        run(ALL);
        var other = ALL.replace("{name: objstore, key: thanos.yaml}", "{name: other, key: k}");
        assertThat(versions(other).values()).allMatch(version -> version.startsWith("other/k@"));
    }

    @Test
    void aComponentThatDoesNotExistYetWaitsForNobody() {
        secrets.put(OBJSTORE, new SecretValue.Found(OLD));
        run(ALL);
        secrets.put(OBJSTORE, new SecretValue.Found(NEW));
        var compact = component(ALL, "compact").workload().name();
        running.remove(compact);
        assertThat(versions(ALL).get("compact")).isEqualTo(versions(ALL).get("receive-ingestor-a"));
    }

    @Test
    void aMissingSecretHoldsUpWhatNeedsItAndNothingElse() {
        secrets.put(OBJSTORE, new SecretValue.Missing("does not exist: create it"));
        var cluster = cluster(ALL + "query: {}");
        assertThat(cluster.isValid()).isTrue();
        assertThat(cluster.heldUp()).containsOnlyKeys(IN_ORDER);
        assertThat(cluster.heldUp().get("compact"))
                .isEqualTo(new Holdup(
                        Reason.MissingSecret,
                        "Secret objstore does not exist: create it, or correct spec.objectStorageConfig"));
    }

    @Test
    void onlyPodsThatThereAreAreQueriedOfAnIngestorThatIsLeftAsItIs() {
        secrets.put(OBJSTORE, new SecretValue.Found(OLD));
        var before = "objectStorageConfig: {name: objstore, key: thanos.yaml}\n"
                + "query: {}\nreceive: {ingestors: [{name: a, replicas: 3}]}";
        running.put(
                "central-receive-ingestor-a",
                new Inputs.Running(
                        "receive-ingestor-a", 3, versions(before).get("receive-ingestor-a"), null, false, true));
        secrets.put(OBJSTORE, new SecretValue.Missing("does not exist"));
        for (var replicas : List.of(5, 2)) {
            assertThat(cluster(before.replace("replicas: 3", "replicas: " + replicas))
                            .query()
                            .orElseThrow()
                            .endpoints()
                            .addresses())
                    .hasSize(3);
        }
        assertThat(cluster(before.replace("]}", ", {name: b, tenants: [b]}]}"))
                        .query()
                        .orElseThrow()
                        .endpoints()
                        .addresses())
                .hasSize(3);
    }

    @Test
    void theFirstRingsNameAllThatIsWanted() {
        secrets.put(OBJSTORE, new SecretValue.Missing("does not exist"));
        assertThat(component(ALL, "receive-router").holdup()).isEmpty();
    }

    @Test
    void whatIsHeldUpKeepsItsContent() {
        secrets.put(OBJSTORE, new SecretValue.Found(OLD));
        run(ALL);
        var old = versions(ALL);
        for (var value : List.of(
                new SecretValue.Missing("has no key"),
                new SecretValue.Unreadable("timeout"),
                new SecretValue.Found("type: NONSENSE"))) {
            secrets.put(OBJSTORE, value);
            assertThat(versions(ALL)).isEqualTo(old);
            assertThat(cluster(ALL).heldUp()).containsOnlyKeys(IN_ORDER);
        }
    }

    @Test
    void whatIsHeldUpKeepsNobodyWaiting() {
        var own = new SecretRef("own", "k");
        var spec = ALL.replace("{name: z}", "{name: z}")
                .replace("compact: {}", "compact: {objectStorageConfig: {name: own, key: k}}");
        secrets.put(OBJSTORE, new SecretValue.Found(OLD));
        secrets.put(own, new SecretValue.Found(OLD));
        run(spec);
        secrets.put(OBJSTORE, new SecretValue.Missing("does not exist"));
        secrets.put(own, new SecretValue.Found(NEW));
        running.replaceAll((name, state) -> name.equals("central-compact") ? state : unsettled(state.storageVersion()));
        assertThat(component(spec, "compact").waiting()).isEmpty();
    }

    @Test
    void anUnusableContentIsNotRepeated() {
        secrets.put(OBJSTORE, new SecretValue.Found("{type: S3, config: {bucket: not-to-be-told}}"));
        assertThat(cluster(ALL).heldUp().get("compact")).satisfies(holdup -> {
            assertThat(holdup.reason()).isEqualTo(Reason.InvalidObjectStorage);
            assertThat(holdup.message())
                    .contains("Secret objstore, key thanos.yaml", "endpoint")
                    .doesNotContain("not-to-be-told");
        });
    }

    @Test
    void whatIsStoppedNeedsNoSecret() {
        secrets.put(OBJSTORE, new SecretValue.Missing("does not exist"));
        var spec = "objectStorageConfig: {name: objstore, key: thanos.yaml}\n"
                + "storeGateway: {replicas: 0}\ncompact: {replicas: 0}";
        assertThat(cluster(spec).heldUp()).isEmpty();
    }

    @Test
    void aSecretThatNobodyHasLookedAtIsNoProblem() {
        assertThat(cluster(ALL).heldUp()).isEmpty();
        assertThat(cluster(ALL).isValid()).isTrue();
    }

    @Test
    void contentsAreNeverPrinted() {
        secrets.put(OBJSTORE, new SecretValue.Found("not-to-be-told"));
        assertThat(new Inputs(secrets, running, Optional.empty(), Optional.empty()).toString())
                .doesNotContain("not-to-be-told");
    }
}
