package io.paodin.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a native image has to be told, since it holds only what is reached without reflection: which classes are read from and
 * written to JSON, and which files are read. Quarkus tells it of the resource's classes and of Kubernetes' own.
 */
class NativeImageTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.paodin.monitoring");

    private static final String API = "io.paodin.monitoring.api.";

    /** Methods that make objects of JSON, or JSON of objects. */
    private static final Set<String> BINDING = Set.of(
            "asJson",
            "asYaml",
            "clone",
            "convertValue",
            "readValue",
            "readerFor",
            "treeToValue",
            "unmarshal",
            "valueToTree",
            "writeValue",
            "writeValueAsString");

    private static final List<String> BINDERS =
            List.of("com.fasterxml.jackson.databind.", "io.fabric8.kubernetes.client.utils.");

    private static final Path RESOURCES = Path.of("src", "main", "resources");

    /** Where objects are made of JSON, classes are named only that are registered. */
    @Test
    void classesThatAreReadFromJsonAreRegistered() {
        var binding = CLASSES.stream().filter(NativeImageTest::bindsJson).toList();

        assertThat(binding).as("so that the rule is about something").hasSizeGreaterThan(3);
        assertThat(binding).allSatisfy(type -> assertThat(type.getReferencedClassObjects().stream()
                        .map(reference -> reference.getRawType())
                        .filter(named -> named.getPackageName().startsWith("io.paodin")))
                .as(type.getName())
                .allMatch(NativeImageTest::isRegistered));
    }

    /** Quarkus registers what the resource's class leads to; nothing of its package is left out. */
    @Test
    void theClassesOfTheResourceAreReachedFromIt() {
        var reached = new TreeSet<String>();
        var next = new ArrayDeque<JavaClass>(List.of(CLASSES.get(Thanos.class)));
        while (!next.isEmpty()) {
            var type = next.pop();
            if (type.getPackageName().startsWith(API.substring(0, API.length() - 1)) && reached.add(type.getName())) {
                Stream.of(
                                type.getFields().stream().map(field -> (JavaType) field.getType()),
                                type.getSuperclass().stream(),
                                type.getInterfaces().stream())
                        .flatMap(types -> types)
                        .flatMap(used -> used.getAllInvolvedRawTypes().stream())
                        .map(JavaClass::getBaseComponentType)
                        .forEach(next::push);
            }
        }

        assertThat(CLASSES.stream()
                        .filter(type -> type.getPackageName().startsWith(API.substring(0, API.length() - 1)))
                        .filter(NativeImageTest::holdsValues)
                        .map(JavaClass::getName))
                .isSubsetOf(reached);
    }

    @Test
    void filesThatAreReadAreIncluded() throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(RESOURCES.resolve("application.properties"))) {
            properties.load(reader);
        }
        var included = Stream.of(properties
                        .getProperty("quarkus.native.resources.includes")
                        .split(","))
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                .toList();
        try (var files = Files.walk(RESOURCES)) {
            var others = files.filter(Files::isRegularFile)
                    .map(RESOURCES::relativize)
                    // Quarkus knows of these, and the last is read while the application is built.
                    .filter(file -> !file.startsWith("templates"))
                    .filter(file -> !file.endsWith("application.properties"))
                    .filter(file -> !file.endsWith(Path.of("crd", "descriptions.properties")))
                    .collect(Collectors.toCollection(TreeSet::new));
            others.add(Path.of("crd", "thanos.monitoring.paodin.io-v1.yml"));
            assertThat(others)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(file -> assertThat(included).as(file.toString()).anyMatch(glob -> glob.matches(file)));
        }
    }

    private static boolean bindsJson(JavaClass type) {
        return !type.getPackageName().endsWith(".crd")
                && type.getAccessesFromSelf().stream()
                        .map(JavaAccess::getTarget)
                        .anyMatch(target -> BINDING.contains(target.getName())
                                && BINDERS.stream()
                                        .anyMatch(binder ->
                                                target.getOwner().getName().startsWith(binder)));
    }

    private static boolean isRegistered(JavaClass named) {
        return named.getName().startsWith(API) || named.isAnnotatedWith(RegisterForReflection.class);
    }

    /** What others are constants, and what only the generator of the definition uses. */
    private static boolean holdsValues(JavaClass type) {
        return type.isEnum()
                || type.getFields().stream()
                        .anyMatch(field -> !field.getModifiers().contains(JavaModifier.STATIC));
    }
}
