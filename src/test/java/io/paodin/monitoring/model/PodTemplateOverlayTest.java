package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user's pod template may say, and what it may not, each with path and remedy. */
class PodTemplateOverlayTest {

    private static final String TEMPLATE = "spec.receive.ingestors[0].podTemplate";
    private static final String SPEC = TEMPLATE + ".spec";

    /** What platform teams add to pods. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // a proxy that asks for credentials, in front of the container
                """
                spec:
                  containers:
                  - name: oauth-proxy
                    image: registry.example.com/oauth2-proxy:v7
                    args: [--upstream=http://localhost:10902, --http-address=0.0.0.0:4180]
                    ports: [{name: oauth, containerPort: 4180}]
                    resources: {limits: {memory: 64Mi, cpu: 0.5}}
                    readinessProbe: {httpGet: {path: /ping, port: oauth}, periodSeconds: 5}
                    volumeMounts: [{name: token, mountPath: /var/run/secrets/tokens}]
                  volumes:
                  - name: token
                    projected:
                      sources:
                      - serviceAccountToken: {path: token, audience: oauth, expirationSeconds: 3600}
                """,
                // credentials of a provider from a store of secrets
                """
                spec:
                  volumes:
                  - name: secrets
                    csi: {driver: secrets-store.csi.k8s.io, readOnly: true, volumeAttributes: {secretProviderClass: s3}}
                  containers:
                  - name: receive
                    volumeMounts: [{name: secrets, mountPath: /mnt/secrets, readOnly: true}]
                    env:
                    - {name: AWS_REGION, value: ""}
                    - name: AWS_ROLE_ARN
                      valueFrom: {configMapKeyRef: {name: aws, key: role}}
                    envFrom: [{secretRef: {name: proxy}}]
                """,
                // an init container that restores data, and a sidecar that reads it
                """
                spec:
                  initContainers:
                  - {name: restore, image: r, volumeMounts: [{name: data, mountPath: /restore}]}
                  - name: backup
                    image: b
                    restartPolicy: Always
                    volumeMounts: [{name: data, mountPath: /data, readOnly: true}]
                """,
                // networks, runtimes and hooks
                """
                spec:
                  hostAliases: [{ip: 192.0.2.1, hostnames: [s3.example.com]}]
                  dnsPolicy: None
                  dnsConfig: {nameservers: [192.0.2.53], options: [{name: ndots, value: "2"}]}
                  runtimeClassName: gvisor
                  schedulerName: other
                  readinessGates: [{conditionType: target-health.example.com/x}]
                  enableServiceLinks: true
                  hostUsers: false
                  containers:
                  - name: receive
                    lifecycle: {preStop: {sleep: {seconds: 5}}}
                    securityContext: {readOnlyRootFilesystem: false}
                    startupProbe: {failureThreshold: 5000}
                    livenessProbe: {timeoutSeconds: 30, initialDelaySeconds: 0}
                    terminationMessagePolicy: FallbackToLogsOnError
                    ports: [{name: debug, containerPort: 6060}]
                """,
                "spec: {containers: [{name: a, image: a, ports: [{containerPort: 53}, {containerPort: 53, protocol: UDP}]}]}",
                "spec: {containers: null, volumes: [{name: a, emptyDir: null}]}",
                "{}",
                "null"
            })
    void mayBeGiven(String template) {
        assertThat(Examples.cluster(ingestor(template)).violations()).isEmpty();
    }

    static Stream<Arguments> rules() {
        return Stream.of(
                // what does not exist
                arguments("{spce: {}}", TEMPLATE + ".spce", "did you mean spec?"),
                arguments("{kind: Pod}", TEMPLATE + ".kind", "remove it"),
                arguments(thanos("imagePulPolicy: x"), SPEC + ".containers[0].imagePulPolicy", "mean imagePullPolicy?"),
                arguments(
                        "spec: {volumes: [{name: a, configMap: {nam: a}}]}",
                        SPEC + ".volumes[0].configMap.nam",
                        "mean name?"),
                // what is not of its type
                arguments("{spec: []}", SPEC, "must be an object"),
                arguments("spec: {containers: {}}", SPEC + ".containers", "must be a list"),
                arguments("spec: {containers: [null]}", SPEC + ".containers[0]", "remove it"),
                arguments("spec: {containers: [x]}", SPEC + ".containers[0]", "must be an object"),
                arguments("spec: {dnsPolicy: 1}", SPEC + ".dnsPolicy", "in quotes"),
                arguments("spec: {hostPID: 'true'}", SPEC + ".hostPID", "without quotes"),
                arguments(
                        thanos("env: [{name: A, value: 1}]"), SPEC + ".containers[0].env[0].value", "must be a string"),
                arguments(
                        thanos("ports: [{containerPort: '80'}]"),
                        SPEC + ".containers[0].ports[0].containerPort",
                        "a whole number"),
                arguments(
                        thanos("ports: [{containerPort: 80.5}]"),
                        SPEC + ".containers[0].ports[0].containerPort",
                        "a whole number"),
                arguments(
                        "spec: {volumes: [{name: a, emptyDir: {sizeLimit: much}}]}",
                        SPEC + ".volumes[0].emptyDir.sizeLimit",
                        "a quantity"),
                arguments(
                        sidecar("resources: {limits: {memory: 1GB}}"),
                        SPEC + ".containers[0].resources.limits[\"memory\"]",
                        "a quantity"),
                arguments(
                        sidecar("livenessProbe: {tcpSocket: {port: []}}"),
                        SPEC + ".containers[0].livenessProbe.tcpSocket.port",
                        "a whole number or a string"),
                // what has a field of its own
                arguments("{metadata: {labels: {a: b}}}", TEMPLATE + ".metadata", "set spec.receive.ingestors[0].podM"),
                arguments("spec: {affinity: {}}", SPEC + ".affinity", "set spec.receive.ingestors[0].affinity"),
                arguments("spec: {nodeSelector: {}}", SPEC + ".nodeSelector", "set spec.receive.ingestors[0].nodeS"),
                arguments("spec: {tolerations: []}", SPEC + ".tolerations", "set spec.receive.ingestors[0].tolerat"),
                arguments("spec: {securityContext: {}}", SPEC + ".securityContext", "set spec.receive.ingestors[0].s"),
                arguments("spec: {serviceAccount: a}", SPEC + ".serviceAccount", "ingestors[0].serviceAccountName"),
                arguments("spec: {priority: 1}", SPEC + ".priority", "set spec.receive.ingestors[0].priorityClassName"),
                arguments(thanos("image: a"), SPEC + ".containers[0].image", "set spec.receive.ingestors[0].image"),
                arguments(thanos("resources: {}"), SPEC + ".containers[0].resources", "ingestors[0].resources"),
                arguments(thanos("args: [a]"), SPEC + ".containers[0].args", "set spec.receive.ingestors[0].additiona"),
                // what is the operator's, or Kubernetes'
                arguments("spec: {hostNetwork: true}", SPEC + ".hostNetwork", "would clash on a node: remove it"),
                arguments("spec: {restartPolicy: Always}", SPEC + ".restartPolicy", "remove it"),
                arguments("spec: {hostname: a}", SPEC + ".hostname", "remove it"),
                arguments(
                        "spec: {automountServiceAccountToken: true}",
                        SPEC + ".automountServiceAccountToken",
                        "mount a projected volume"),
                arguments("spec: {ephemeralContainers: []}", SPEC + ".ephemeralContainers", "use kubectl debug"),
                arguments(thanos("command: [a]"), SPEC + ".containers[0].command", "remove it"),
                arguments(thanos("restartPolicy: Always"), SPEC + ".containers[0].restartPolicy", "remove it"),
                arguments(
                        thanos("livenessProbe: {exec: {command: [a]}}"),
                        SPEC + ".containers[0].livenessProbe.exec",
                        "only its numbers"),
                arguments(
                        thanos("livenessProbe: {terminationGracePeriodSeconds: 1}"),
                        SPEC + ".containers[0].livenessProbe.terminationGracePeriodSeconds",
                        "only its numbers"),
                arguments(
                        thanos("livenessProbe: {periodSeconds: 0}"),
                        SPEC + ".containers[0].livenessProbe.periodSeconds",
                        "1 or more"),
                arguments(
                        thanos("env: [{name: POD_NAME, value: a}]"),
                        SPEC + ".containers[0].env[0].name",
                        "choose another"),
                arguments(
                        thanos("ports: [{containerPort: 10902, protocol: UDP}]"),
                        SPEC + ".containers[0].ports[0].containerPort",
                        "another port"),
                arguments(
                        sidecar("ports: [{containerPort: 19391}]"),
                        SPEC + ".containers[0].ports[0].containerPort",
                        "another port"),
                arguments(
                        sidecar("ports: [{containerPort: 80, name: http}]"),
                        SPEC + ".containers[0].ports[0].name",
                        "another name"),
                arguments("spec: {volumes: [{name: data}]}", SPEC + ".volumes[0].name", "choose another name"),
                arguments(
                        "spec: {volumes: [{name: object-storage}]}", SPEC + ".volumes[0].name", "choose another name"),
                arguments(mount("/data/sub"), SPEC + ".containers[0].volumeMounts[0].mountPath", "another path"),
                arguments(mount("/data/"), SPEC + ".containers[0].volumeMounts[0].mountPath", "another path"),
                arguments(mount("/etc//thanos"), SPEC + ".containers[0].volumeMounts[0].mountPath", "another path"),
                arguments(mount("data"), SPEC + ".containers[0].volumeMounts[0].mountPath", "another path"),
                arguments(mount("/a/../data/."), SPEC + ".containers[0].volumeMounts[0].mountPath", "another path"),
                arguments(mount("/"), SPEC + ".containers[0].volumeMounts[0].mountPath", "another path"),
                arguments(
                        thanos("volumeMounts: [{name: data, mountPath: /a}]"),
                        SPEC + ".containers[0].volumeMounts[0].readOnly",
                        "must be true"),
                arguments(
                        sidecar("volumeMounts: [{name: data, mountPath: /data}]"),
                        SPEC + ".containers[0].volumeMounts[0].readOnly",
                        "must be true"),
                arguments(
                        "spec: {initContainers: [{name: a, image: a, restartPolicy: Always, "
                                + "volumeMounts: [{name: data, mountPath: /a}]}]}",
                        SPEC + ".initContainers[0].volumeMounts[0].readOnly",
                        "must be true"),
                arguments(
                        sidecar("volumeDevices: [{name: data, devicePath: /a}]"),
                        SPEC + ".containers[0].volumeDevices[0].name",
                        "choose another"),
                arguments(
                        "spec: {initContainers: [{name: receive, image: a}]}",
                        SPEC + ".initContainers[0].name",
                        "another name"),
                // what the API server would refuse
                arguments("spec: {containers: [{image: a}]}", SPEC + ".containers[0].name", "give one"),
                arguments("spec: {containers: [{name: recieve}]}", SPEC + ".containers[0].image", "is receive"),
                arguments(
                        "spec: {containers: [{name: A, image: a}]}",
                        SPEC + ".containers[0].name",
                        "of lower case letters"),
                arguments(
                        "spec: {containers: [{name: a, image: a}, {name: a, image: b}]}",
                        SPEC + ".containers[1].name",
                        "remove one"),
                arguments(
                        "spec: {initContainers: [{name: a, image: a}], containers: [{name: a, image: a}]}",
                        SPEC + ".containers[0].name",
                        "another name"),
                arguments(thanos("env: [{name: A}, {name: A}]"), SPEC + ".containers[0].env[1].name", "remove one"),
                arguments("spec: {volumes: [{name: a}, {name: a}]}", SPEC + ".volumes[1].name", "remove one"),
                arguments(
                        sidecar("volumeMounts: [{name: lost, mountPath: /a}]"),
                        SPEC + ".containers[0].volumeMounts[0].name",
                        "add it to " + SPEC + ".volumes"),
                arguments(
                        sidecar("volumeMounts: [{mountPath: /a}]"),
                        SPEC + ".containers[0].volumeMounts[0].name",
                        "name a volume"),
                arguments(
                        sidecar("volumeMounts: [{name: data}]"),
                        SPEC + ".containers[0].volumeMounts[0].mountPath",
                        "give one"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void isRefusedWithPathAndRemedy(String template, String path, String remedy) {
        var cluster = Examples.cluster(ingestor(template));
        assertThat(cluster.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.path()).isEqualTo(path);
            assertThat(violation.message()).contains(remedy);
        });
        assertThat(overlay(cluster).isEmpty()).isTrue();
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        var violations = Examples.cluster(ingestor("""
                        metadata: {}
                        spec:
                          dnsPolcy: None
                          nodeName: a
                          hostAliases: {}
                          containers:
                          - name: receive
                            image: a
                            env: [{name: POD_NAME}, {value: 1}]
                          - {name: proxy, tty: "yes"}
                        """)).violations();
        assertThat(violations)
                .extracting(violation -> violation.path().replace(TEMPLATE, ""))
                .containsExactlyInAnyOrder(
                        ".metadata",
                        ".spec.dnsPolcy",
                        ".spec.nodeName",
                        ".spec.hostAliases",
                        ".spec.containers[0].image",
                        ".spec.containers[0].env[0].name",
                        ".spec.containers[0].env[1].name",
                        ".spec.containers[0].env[1].value",
                        ".spec.containers[1].tty",
                        ".spec.containers[1].image");
    }

    @Test
    void noValueIsRepeated() {
        var violations = Examples.cluster(ingestor(thanos("env: [{name: A, value: 4711}, {name: B, value: [s3cret]}]")))
                .violations();
        assertThat(violations)
                .hasSize(2)
                .noneMatch(violation -> violation.message().matches(".*(4711|s3cret).*"));
    }

    @Test
    void whatIsTheOperatorsDependsOnTheComponent() {
        assertThat(Examples.cluster("query: {podTemplate: {spec: {volumes: [{name: data, emptyDir: {}}]}}}")
                        .violations())
                .isEmpty();
        assertThat(Examples.cluster("query: {podTemplate: {spec: {containers: [{name: query, startupProbe: {}}]}}}")
                        .violations())
                .singleElement()
                .asString()
                .contains("startupProbe", "remove it");
        assertThat(Examples.cluster("""
                        receive:
                          ingestors:
                          - name: a
                            dataVolume: {pvc: {metadata: {name: tsdb}, spec: {resources: {requests: {storage: 1Gi}}}}}
                            podTemplate: {spec: {volumes: [{name: tsdb}, {name: data}]}}
                        """).violations())
                .extracting(Violation::path)
                .containsExactly(SPEC + ".volumes[0].name");
    }

    @Test
    void isKeptAsWrittenWithoutNulls() {
        var overlay = overlay(Examples.cluster(
                ingestor("spec: {dnsPolicy: None, hostIPC: null, volumes: [{name: a, emptyDir: null}]}")));
        assertThat(overlay.template())
                .hasToString("{\"spec\":{\"dnsPolicy\":\"None\",\"volumes\":[{\"name\":\"a\"}]}}");
    }

    private static PodTemplateOverlay overlay(Cluster cluster) {
        return cluster.receive()
                .orElseThrow()
                .ingestors()
                .get(0)
                .workload()
                .pod()
                .overlay();
    }

    private static String ingestor(String template) {
        return "receive:\n  ingestors:\n  - name: a\n    podTemplate:\n" + template.indent(6);
    }

    /** A template for the container that runs Thanos. */
    private static String thanos(String fields) {
        return "spec: {containers: [{name: receive, " + fields + "}]}";
    }

    private static String sidecar(String fields) {
        return "spec: {containers: [{name: sidecar, image: a, " + fields + "}]}";
    }

    private static String mount(String path) {
        return "spec: {volumes: [{name: a}], containers: [{name: receive, volumeMounts: [{name: a, mountPath: '%s'}]}]}"
                .formatted(path);
    }
}
