package io.paodin.monitoring.render;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.CommandLine;
import io.paodin.monitoring.model.Labels;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds for the manifests of every recorded case and every sample. */
@QuarkusTest
class GoldenHygieneTest {

    private static final String NAME = "[a-z]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final String IMAGE =
            "([a-z0-9.-]+(:[0-9]+)?/)?[a-z0-9]+([._/-][a-z0-9]+)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?"
                    + "(@sha256:[0-9a-f]{64})?";

    /** The longest suffix that the StatefulSet controller puts behind the name, into a label of pods. */
    private static final int REVISION = "-0123456789".length();

    @Inject
    ManifestRenderer renderer;

    @Inject
    KubernetesSerialization serialization;

    private interface Check {
        void run(Manifests manifests);
    }

    @TestFactory
    Stream<DynamicTest> everyFieldIsKnownToTheApi() throws IOException {
        return forAll(manifests -> assertThat(manifests.objects())
                .allSatisfy(object -> assertThat(UnknownFields.of(object)).isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> namesAreUniqueAndFit() throws IOException {
        return forAll(manifests -> {
            assertThat(manifests.objects())
                    .extracting(object ->
                            object.getKind() + " " + object.getMetadata().getName())
                    .doesNotHaveDuplicates();
            assertThat(manifests.objects()).allSatisfy(object -> {
                assertThat(object.getMetadata().getName()).matches(NAME);
                assertThat(object.getMetadata().getNamespace()).isNotBlank();
            });
            assertThat(manifests.all(StatefulSet.class)).allSatisfy(set -> {
                assertThat(set.getMetadata().getName().length() + REVISION).isLessThanOrEqualTo(63);
                assertThat(set.getSpec().getVolumeClaimTemplates())
                        .allSatisfy(claim ->
                                assertThat(claim.getMetadata().getName()).matches(NAME));
            });
        });
    }

    @TestFactory
    Stream<DynamicTest> everyObjectHasTheLabelsByWhichItIsFound() throws IOException {
        return forAll(manifests -> assertThat(manifests.objects()).allSatisfy(object -> {
            assertThat(object.getMetadata().getLabels())
                    .containsEntry(Labels.MANAGED_BY, Labels.OPERATOR)
                    .containsEntry(Labels.INSTANCE, manifests.cluster().name())
                    .containsKeys(Labels.NAME, Labels.COMPONENT, Labels.PART_OF)
                    .doesNotContainKey("app.kubernetes.io/version");
            assertThat(object.getMetadata().getLabels().values())
                    .allSatisfy(value -> assertThat(value).hasSizeLessThanOrEqualTo(63));
        }));
    }

    @TestFactory
    Stream<DynamicTest> everySelectorSelectsPods() throws IOException {
        return forAll(manifests -> {
            manifests.pods().forEach((workload, pod) -> assertThat(matches(selector(workload), pod))
                    .as(workload.getMetadata().getName())
                    .isTrue());
            assertThat(manifests.all(Service.class))
                    .allSatisfy(service -> assertThat(manifests.pods().values())
                            .filteredOn(pod -> contains(pod, service.getSpec().getSelector()))
                            .hasSize(1));
            assertThat(manifests.all(PodDisruptionBudget.class))
                    .allSatisfy(budget -> assertThat(manifests.pods().values())
                            .filteredOn(pod -> matches(budget.getSpec().getSelector(), pod))
                            .isNotEmpty());
        });
    }

    @TestFactory
    Stream<DynamicTest> noPodIsCoveredByTwoBudgets() throws IOException {
        // The API server then refuses every eviction.
        return forAll(manifests -> assertThat(manifests.pods().values())
                .allSatisfy(pod -> assertThat(manifests.all(PodDisruptionBudget.class))
                        .filteredOn(budget -> matches(budget.getSpec().getSelector(), pod))
                        .hasSizeLessThanOrEqualTo(1)));
    }

    @TestFactory
    Stream<DynamicTest> everythingThatIsReferredToExists() throws IOException {
        return forAll(manifests -> {
            manifests.pods().forEach((workload, pod) -> {
                assertThat(manifests.accounts()).contains(pod.getSpec().getServiceAccountName());
                assertThat(manifests.names(ConfigMap.class))
                        .containsAll(pod.getSpec().getVolumes().stream()
                                .filter(volume -> volume.getConfigMap() != null)
                                .map(volume -> volume.getConfigMap().getName())
                                .toList());
                checkPorts(pod);
            });
            assertThat(manifests.all(StatefulSet.class)).allSatisfy(set -> assertThat(manifests.all(Service.class))
                    .filteredOn(service ->
                            service.getMetadata().getName().equals(set.getSpec().getServiceName()))
                    .singleElement()
                    .satisfies(service ->
                            assertThat(service.getSpec().getClusterIP()).isEqualTo("None")));
            assertThat(manifests.all(Service.class))
                    .allSatisfy(service -> assertThat(manifests.pods().values())
                            .filteredOn(pod -> contains(pod, service.getSpec().getSelector()))
                            .allSatisfy(pod -> assertThat(portNames(pod))
                                    .containsAll(service.getSpec().getPorts().stream()
                                            .map(port -> port.getTargetPort().getStrVal())
                                            .toList())));
        });
    }

    @TestFactory
    Stream<DynamicTest> podsAreAdmittedByTheRestrictedStandardAndHaveNoToken() throws IOException {
        return forAll(manifests -> {
            assertThat(manifests.pods().values())
                    .allSatisfy(pod -> assertThat(RestrictedPod.problems(pod)).isEmpty());
            assertThat(manifests.all(ServiceAccount.class))
                    .allSatisfy(account -> assertThat(account.getAutomountServiceAccountToken())
                            .isFalse());
        });
    }

    @TestFactory
    Stream<DynamicTest> imagesAreWellFormed() throws IOException {
        return forAll(manifests -> assertThat(manifests.containers())
                .allSatisfy(container -> assertThat(container.getImage()).matches(IMAGE)));
    }

    @TestFactory
    Stream<DynamicTest> nothingInAPodOccursTwice() throws IOException {
        return forAll(manifests -> manifests.pods().forEach((workload, pod) -> {
            var volumes = new ArrayList<String>();
            pod.getSpec().getVolumes().stream().map(Volume::getName).forEach(volumes::add);
            claims(workload)
                    .map(PersistentVolumeClaim::getMetadata)
                    .map(ObjectMeta::getName)
                    .forEach(volumes::add);
            assertThat(volumes).doesNotHaveDuplicates().allMatch(name -> name.length() <= 63);
            assertThat(RestrictedPod.containers(pod.getSpec()).map(Container::getName))
                    .doesNotHaveDuplicates();
            RestrictedPod.containers(pod.getSpec()).forEach(container -> {
                assertThat(container.getVolumeMounts())
                        .extracting(VolumeMount::getMountPath)
                        .doesNotHaveDuplicates();
                assertThat(container.getVolumeMounts()).allSatisfy(mount -> {
                    assertThat(volumes).contains(mount.getName());
                    assertThat(mount.getSubPath())
                            .as("what is mounted by subPath is never refreshed")
                            .isNull();
                });
                assertThat(container.getEnv()).extracting(EnvVar::getName).doesNotHaveDuplicates();
                assertThat(container.getPorts())
                        .extracting(ContainerPort::getName)
                        .doesNotHaveDuplicates();
                assertThat(container.getPorts())
                        .extracting(ContainerPort::getContainerPort)
                        .doesNotHaveDuplicates();
            });
        }));
    }

    @TestFactory
    Stream<DynamicTest> everyCommandLineStarts() throws IOException {
        return forAll(manifests -> assertThat(manifests.containersOfThanos()).allSatisfy(container -> {
            assertThat(CommandLine.problems(container.getArgs())).isEmpty();
            assertThat(variables(container))
                    .isSubsetOf(container.getEnv().stream().map(EnvVar::getName).toList());
        }));
    }

    @TestFactory
    Stream<DynamicTest> podsHaveTimeToStopAndAreKeptApart() throws IOException {
        return forAll(manifests -> manifests.pods().forEach((workload, pod) -> {
            assertThat(pod.getSpec().getTerminationGracePeriodSeconds())
                    .isGreaterThanOrEqualTo(isIngestor(workload) ? 900 : 120);
            assertThat(pod.getSpec().getAffinity()).isNotNull();
            assertThat(pod.getSpec().getContainers().get(0)).satisfies(thanos -> {
                assertThat(thanos.getLivenessProbe()).isNotNull();
                assertThat(thanos.getReadinessProbe()).isNotNull();
            });
        }));
    }

    private static boolean isIngestor(HasMetadata workload) {
        return workload.getMetadata().getLabels().containsKey(Labels.INGESTOR);
    }

    @TestFactory
    Stream<DynamicTest> claimsOutliveTheirPodsUnlessTheResourceSaysOtherwise() throws IOException {
        return forAll(manifests -> assertThat(manifests.all(StatefulSet.class)).allSatisfy(set -> {
            var policy = set.getSpec().getPersistentVolumeClaimRetentionPolicy();
            if (set.getSpec().getVolumeClaimTemplates().isEmpty()) {
                assertThat(policy).isNull();
                return;
            }
            assertThat(policy.getWhenScaled()).isEqualTo("Retain");
            // The one golden case that asks for it.
            var isAskedFor = set.getMetadata().getName().equals("central-receive-ingestor-team-a")
                    && set.getSpec()
                            .getVolumeClaimTemplates()
                            .get(0)
                            .getMetadata()
                            .getName()
                            .equals("tsdb");
            assertThat(policy.getWhenDeleted()).isEqualTo(isAskedFor ? "Delete" : "Retain");
            assertThat(set.getSpec().getVolumeClaimTemplates())
                    .allSatisfy(claim ->
                            assertThat(claim.getMetadata().getOwnerReferences()).isEmpty());
        }));
    }

    @TestFactory
    Stream<DynamicTest> theSameResourceIsRenderedToTheSameBytes() throws IOException {
        return GoldenCase.all()
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> assertThat(text(one.cluster(serialization)))
                        .isEqualTo(text(one.cluster(serialization)))));
    }

    @TestFactory
    Stream<DynamicTest> theOrderOfFieldsOfTheEntriesOfMapsAndOfIngestorsDoesNotMatter() throws IOException {
        return GoldenCase.all()
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> {
                    var json = new ObjectMapper().readTree(serialization.asJson(one.thanos(serialization)));
                    var reversed = serialization.unmarshal(reversed(json).toString(), Thanos.class);
                    assertThat(text(Cluster.of(reversed, one.inputs(serialization), one.settings())))
                            .isEqualTo(text(one.cluster(serialization)));
                }));
    }

    private Stream<DynamicTest> forAll(Check check) throws IOException {
        return GoldenCase.all()
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> {
                    var cluster = one.cluster(serialization);
                    check.run(new Manifests(cluster, renderer.render(cluster)));
                }));
    }

    private List<String> text(Cluster cluster) {
        return renderer.render(cluster).stream().map(serialization::asYaml).toList();
    }

    /** The same JSON with the fields of every object, and the ingestors, in the opposite order; other lists keep theirs. */
    private static JsonNode reversed(JsonNode node) {
        var mapper = new ObjectMapper();
        if (node.isArray()) {
            var array = mapper.createArrayNode();
            node.forEach(item -> array.add(reversed(item)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(name -> names.add(0, name));
        var object = mapper.createObjectNode();
        names.forEach(name -> object.set(name, reversed(node.get(name))));
        // The one list of the spec that is keyed, so that its order is nobody's.
        if (object.get("ingestors") instanceof ArrayNode ingestors) {
            var items = new ArrayList<JsonNode>();
            ingestors.forEach(item -> items.add(0, item));
            ingestors.removeAll().addAll(items);
        }
        return object;
    }

    private static void checkPorts(PodTemplateSpec pod) {
        RestrictedPod.containers(pod.getSpec())
                .flatMap(container -> Stream.of(
                        container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe()))
                .filter(Objects::nonNull)
                .map(Probe::getHttpGet)
                .forEach(probe ->
                        assertThat(portNames(pod)).contains(probe.getPort().getStrVal()));
    }

    private static List<String> portNames(PodTemplateSpec pod) {
        return RestrictedPod.containers(pod.getSpec())
                .flatMap(container -> container.getPorts().stream())
                .map(ContainerPort::getName)
                .toList();
    }

    /** The variables that the kubelet expands in the arguments. */
    private static List<String> variables(Container container) {
        return container.getArgs().stream()
                .map(arg -> arg.replace("$$", ""))
                .filter(arg -> arg.contains("$("))
                .map(arg -> arg.substring(arg.indexOf("$(") + 2, arg.indexOf(')', arg.indexOf("$("))))
                .toList();
    }

    private static LabelSelector selector(HasMetadata workload) {
        return workload instanceof Deployment deployment
                ? deployment.getSpec().getSelector()
                : ((StatefulSet) workload).getSpec().getSelector();
    }

    private static Stream<PersistentVolumeClaim> claims(HasMetadata workload) {
        return workload instanceof StatefulSet set ? set.getSpec().getVolumeClaimTemplates().stream() : Stream.of();
    }

    private static boolean contains(PodTemplateSpec pod, Map<String, String> labels) {
        return !labels.isEmpty() && pod.getMetadata().getLabels().entrySet().containsAll(labels.entrySet());
    }

    private static boolean matches(LabelSelector selector, PodTemplateSpec pod) {
        return contains(pod, selector.getMatchLabels())
                && selector.getMatchExpressions().stream()
                        .allMatch(expression -> expression.getOperator().equals("In")
                                && expression
                                        .getValues()
                                        .contains(pod.getMetadata().getLabels().get(expression.getKey())));
    }

    private record Manifests(Cluster cluster, List<HasMetadata> objects) {

        <T extends HasMetadata> List<T> all(Class<T> kind) {
            return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        List<String> names(Class<? extends HasMetadata> kind) {
            return all(kind).stream().map(o -> o.getMetadata().getName()).toList();
        }

        Map<HasMetadata, PodTemplateSpec> pods() {
            return objects.stream()
                    .filter(o -> o instanceof Deployment || o instanceof StatefulSet)
                    .collect(toMap(identity(), Manifests::template));
        }

        List<Container> containers() {
            return pods().values().stream()
                    .flatMap(pod -> RestrictedPod.containers(pod.getSpec()))
                    .toList();
        }

        /** The first of each pod: those behind it are the user's. */
        List<Container> containersOfThanos() {
            return pods().values().stream()
                    .map(pod -> pod.getSpec().getContainers().get(0))
                    .toList();
        }

        /** The accounts that there are: those of users, and those that are made. */
        List<String> accounts() {
            var accounts = new ArrayList<>(names(ServiceAccount.class));
            cluster.components().stream()
                    .map(component -> component.workload().pod())
                    .filter(pod -> !pod.ownsServiceAccount())
                    .forEach(pod -> accounts.add(pod.serviceAccountName()));
            return accounts;
        }

        private static PodTemplateSpec template(HasMetadata workload) {
            return workload instanceof Deployment deployment
                    ? deployment.getSpec().getTemplate()
                    : ((StatefulSet) workload).getSpec().getTemplate();
        }
    }

    /** A template without parameters is looked up by reflection at run time, which a native binary does not have. */
    @Test
    void everyTemplateDeclaresWhatItPrints() throws IOException {
        var templates = Path.of("src/main/resources/templates");
        var included = Pattern.compile("\\{#include ([\\w/-]+)");
        try (var files = Files.walk(templates)) {
            for (var file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                var names = included.matcher(Files.readString(file)).results().map(m -> m.group(1));
                for (var name : names.toList()) {
                    assertThat(Files.readString(templates.resolve(name + ".yaml")))
                            .startsWith("{@");
                }
            }
        }
    }
}
