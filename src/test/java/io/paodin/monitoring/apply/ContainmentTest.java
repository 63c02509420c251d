package io.paodin.monitoring.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainmentTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            # what                           | desired                                              | actual
            same                             | {a: 1, b: x}                                         | {a: 1, b: x}
            a default of the server          | {spec: {a: 1}}                                       | {spec: {a: 1, b: 2}, status: {c: 3}}
            foreign labels                   | {metadata: {labels: {a: x}}}                         | {metadata: {labels: {a: x, mine: y}}}
            key order                        | {a: 1, b: 2}                                         | {b: 2, a: 1}
            an injected sidecar              | {containers: [{name: a, image: x}]}                  | {containers: [{name: mesh, image: y}, {name: a, image: x, tty: true}]}
            containers in another order      | {containers: [{name: a}, {name: b}]}                 | {containers: [{name: b}, {name: a}]}
            a mount added by somebody        | {volumeMounts: [{name: v, mountPath: /a}]}           | {volumeMounts: [{name: v, mountPath: /b}, {name: v, mountPath: /a}]}
            one volume mounted twice         | {volumeMounts: [{name: v, mountPath: /a}, {name: v, mountPath: /b}]} | {volumeMounts: [{name: v, mountPath: /a}, {name: v, mountPath: /b}]}
            another owner of the same name   | {ownerReferences: [{uid: u, name: x}]}               | {ownerReferences: [{uid: w, name: x}, {uid: u, name: x}]}
            a host alias added by somebody   | {hostAliases: [{ip: a, hostnames: [x]}]}             | {hostAliases: [{ip: b, hostnames: [y]}, {ip: a, hostnames: [x]}]}
            spread by a policy as well       | {topologySpreadConstraints: [{topologyKey: z, whenUnsatisfiable: A, maxSkew: 1}]} | {topologySpreadConstraints: [{topologyKey: z, whenUnsatisfiable: B}, {topologyKey: z, whenUnsatisfiable: A, maxSkew: 1, minDomains: 2}]}
            an init container injected       | {initContainers: [{name: a}]}                        | {initContainers: [{name: mesh}, {name: a, image: x}]}
            a port of no host                | {ports: [{containerPort: 1, hostPort: 0}]}           | {ports: [{containerPort: 1, protocol: TCP}]}
            a default in place of nothing    | {terminationMessagePath: "", dnsPolicy: ""}          | {terminationMessagePath: /dev/termination-log, dnsPolicy: ClusterFirst}
            cpu by amount                    | {resources: {limits: {cpu: 1000m}}}                  | {resources: {limits: {cpu: "1"}}}
            memory by amount                 | {resources: {requests: {memory: 1024Mi}}}            | {resources: {requests: {memory: 1Gi}}}
            a claim's size by amount         | {spec: {resources: {requests: {storage: 1024Gi}}}}   | {spec: {resources: {requests: {storage: 1Ti}}}}
            a volume's limit by amount       | {emptyDir: {sizeLimit: 0.5Gi}}                       | {emptyDir: {sizeLimit: 512Mi}}
            a divisor by amount              | {resourceFieldRef: {divisor: "1000m"}}               | {resourceFieldRef: {divisor: "1"}}
            empty object left out            | {a: {}, b: 1}                                        | {b: 1}
            empty list left out              | {a: [], b: 1}                                        | {b: 1}
            null left out                    | {a: null, b: 1}                                      | {b: 1}
            nested empties left out          | {securityContext: {capabilities: {}}}                | {}
            empty object and its defaults    | {emptyDir: {}}                                       | {emptyDir: {medium: Memory}}
            empty env value left out         | {env: [{name: A, value: ""}]}                        | {env: [{name: A}]}
            empty text left out              | {tolerations: [{key: a, effect: ""}]}                | {tolerations: [{key: a}]}
            false left out                   | {volumeMounts: [{mountPath: /a, readOnly: false}]}   | {volumeMounts: [{mountPath: /a}]}
            zero left out                    | {spec: {minReadySeconds: 0, a: 1}}                   | {spec: {a: 1}}
            all of an object left out        | {strategy: {paused: false, type: ""}}                | {a: 1}
            expressions left out             | {selector: {matchLabels: {a: x}}}                    | {selector: {matchLabels: {a: x}, matchExpressions: []}}
            a field called selector          | {data: {selector: x}}                                | {data: {selector: x, more: y}}
            equal numbers                    | {a: 1.0}                                             | {a: 1}
            positional list with defaults    | {httpGet: [{port: 1}, {port: 2}]}                    | {httpGet: [{port: 1, scheme: HTTP}, {port: 2}]}
            """)
    void contains(String what, String desired, String actual) {
        assertThat(Containment.firstDifference(yaml(actual), yaml(desired))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            # what                           | desired                                              | actual                                            | first difference
            another value                    | {spec: {a: 1}}                                       | {spec: {a: 2}}                                    | spec.a
            a field is missing               | {spec: {a: 1}}                                       | {spec: {b: 1}}                                    | spec.a
            a label is missing               | {metadata: {labels: {a: x}}}                         | {metadata: {}}                                    | metadata.labels.a
            a container is missing           | {containers: [{name: a}, {name: b}]}                 | {containers: [{name: a}]}                         | containers[b]
            another image                    | {containers: [{name: a, image: x}]}                  | {containers: [{name: m}, {name: a, image: y}]}    | containers[a].image
            another mount                    | {volumeMounts: [{name: v, mountPath: /a}]}           | {volumeMounts: [{name: w, mountPath: /a}]}        | volumeMounts[/a].name
            another host alias               | {hostAliases: [{ip: a, hostnames: [x]}]}             | {hostAliases: [{ip: a, hostnames: [y]}]}          | hostAliases[a].hostnames[0]
            a spread is missing              | {topologySpreadConstraints: [{topologyKey: z, whenUnsatisfiable: A}]} | {topologySpreadConstraints: [{topologyKey: z, whenUnsatisfiable: B}]} | topologySpreadConstraints[z, A]
            an empty argument                | {args: [""]}                                         | {args: [a]}                                       | args[0]
            argument added                   | {args: [a, b]}                                       | {args: [a, b, c]}                                 | args
            argument removed                 | {args: [a, b]}                                       | {args: [a]}                                       | args
            arguments in another order       | {args: [a, b]}                                       | {args: [b, a]}                                    | args[0]
            a variable given twice           | {env: [{name: A, value: x}]}                         | {env: [{name: A, value: x}, {name: A, value: y}]} | env[A]
            text and number                  | {port: "1"}                                          | {port: 1}                                         | port
            text and boolean                 | {a: "true"}                                          | {a: true}                                         | a
            object and text                  | {a: {b: 1}}                                          | {a: b}                                            | a
            list and object                  | {a: [x]}                                             | {a: {x: 1}}                                       | a
            another amount                   | {resources: {limits: {cpu: 1000m}}}                  | {resources: {limits: {cpu: 100m}}}                | resources.limits.cpu
            amounts are texts elsewhere      | {data: {limits: 1000m}}                              | {data: {limits: "1"}}                             | data.limits
            a nonsense amount                | {resources: {limits: {cpu: many}}}                   | {resources: {limits: {cpu: few}}}                 | resources.limits.cpu
            empty label removed              | {labels: {a: ""}}                                    | {labels: {b: x}}                                  | labels.a
            empty file removed               | {data: {a: ""}}                                      | {data: {b: x}}                                    | data.a
            false that matters removed       | {automountServiceAccountToken: false}                | {a: 1}                                            | automountServiceAccountToken
            zero that matters removed        | {spec: {replicas: 0}}                                | {spec: {a: 1}}                                    | spec.replicas
            a Service selects less           | {selector: {a: x}}                                   | {selector: {a: x, b: y}}                          | selector.b
            a budget selects less            | {selector: {matchLabels: {a: x}}}                    | {selector: {matchLabels: {a: x, b: ""}}}          | selector.matchLabels.b
            an expression was added          | {selector: {matchLabels: {a: x}}}                    | {selector: {matchLabels: {a: x}, matchExpressions: [{key: b}]}} | selector.matchExpressions
            fewer nodes                      | {nodeSelector: {a: x}}                               | {nodeSelector: {a: x, b: y}}                      | nodeSelector.b
            a rule that allows all           | {ingress: [{}]}                                      | {spec: 1}                                         | ingress
            """)
    void doesNotContain(String what, String desired, String actual, String difference) {
        assertThat(Containment.firstDifference(yaml(actual), yaml(desired))).contains(difference);
    }

    @Test
    void neverShowsAValue() {
        var difference =
                Containment.firstDifference(yaml("{data: {password: b2xk}}"), yaml("{data: {password: bmV3}}"));

        assertThat(difference).contains("data.password");
    }

    @Property(tries = 300)
    void anObjectContainsItselfAfterTheServerHasAddedToIt(
            @ForAll("objects") ObjectNode desired, @ForAll Random random) {
        var actual = desired.deepCopy();
        addTo(actual, random);

        assertThat(Containment.firstDifference(actual, desired)).isEmpty();
    }

    @Property(tries = 300)
    void changingAnyLeafIsADifference(@ForAll("objects") ObjectNode desired, @ForAll Random random) {
        var leaves = leavesOf(desired);
        if (leaves.isEmpty()) {
            return;
        }
        var changed = leaves.get(random.nextInt(leaves.size()));
        var actual = desired.deepCopy();
        changed.in(actual).put(changed.field(), "changed");

        assertThat(Containment.contains(actual, desired)).isFalse();
    }

    @Property(tries = 300)
    void removingAnyLeafIsADifference(@ForAll("objects") ObjectNode desired, @ForAll Random random) {
        var leaves = leavesOf(desired);
        if (leaves.isEmpty()) {
            return;
        }
        var removed = leaves.get(random.nextInt(leaves.size()));
        var actual = desired.deepCopy();
        removed.in(actual).remove(removed.field());

        assertThat(Containment.contains(actual, desired)).isFalse();
    }

    @Provide
    Arbitrary<ObjectNode> objects() {
        return object(3);
    }

    private static Arbitrary<ObjectNode> object(int depth) {
        var names = Arbitraries.of("alpha", "beta", "gamma", "delta", "image", "limits");
        return Arbitraries.maps(names, value(depth)).ofMaxSize(4).map(fields -> {
            var object = JsonNodeFactory.instance.objectNode();
            fields.forEach(object::set);
            return object;
        });
    }

    private static Arbitrary<JsonNode> value(int depth) {
        Arbitrary<JsonNode> leaf = Arbitraries.oneOf(
                Arbitraries.integers().between(1, 9).map(JsonNodeFactory.instance::numberNode),
                Arbitraries.of("x", "y", "100m").map(JsonNodeFactory.instance::textNode),
                Arbitraries.of(true, false).map(JsonNodeFactory.instance::booleanNode));
        if (depth == 0) {
            return leaf;
        }
        return Arbitraries.oneOf(leaf, object(depth - 1).map(o -> o), namedItems(depth - 1), plainItems(depth - 1));
    }

    private static Arbitrary<JsonNode> namedItems(int depth) {
        return object(depth).list().ofMaxSize(3).map(items -> {
            for (var i = 0; i < items.size(); i++) {
                items.get(i).put("name", "item-" + i);
            }
            return array(items);
        });
    }

    private static Arbitrary<JsonNode> plainItems(int depth) {
        return object(depth).list().ofMaxSize(3).map(ContainmentTest::array);
    }

    private static JsonNode array(List<ObjectNode> items) {
        return JsonNodeFactory.instance.arrayNode().addAll(items);
    }

    /** What defaulting, admission and other writers do: more fields everywhere, more items in lists of named ones. */
    private static void addTo(JsonNode node, Random random) {
        if (node instanceof ObjectNode object) {
            object.forEach(child -> addTo(child, random));
            object.put("default" + random.nextInt(3), random.nextInt());
        } else if (node instanceof ArrayNode array && isNamed(array)) {
            array.forEach(child -> addTo(child, random));
            array.insert(random.nextInt(array.size() + 1), array.objectNode().put("name", "injected"));
        }
    }

    private static boolean isNamed(ArrayNode array) {
        for (var item : array) {
            if (!item.has("name")) {
                return false;
            }
        }
        return !array.isEmpty();
    }

    private record Leaf(String parent, String field) {

        ObjectNode in(ObjectNode root) {
            return (ObjectNode) root.at(parent);
        }
    }

    private static List<Leaf> leavesOf(ObjectNode root) {
        var leaves = new ArrayList<Leaf>();
        collect("", root, leaves);
        return leaves;
    }

    private static void collect(String pointer, JsonNode node, List<Leaf> leaves) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                if (field.getValue().isValueNode()) {
                    leaves.add(new Leaf(pointer, field.getKey()));
                } else {
                    collect(pointer + "/" + field.getKey(), field.getValue(), leaves);
                }
            });
        } else {
            for (var i = 0; i < node.size(); i++) {
                collect(pointer + "/" + i, node.get(i), leaves);
            }
        }
    }

    private static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
