package io.paodin.monitoring;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.fabric8.kubernetes.client.Client;
import java.time.Clock;
import java.time.Instant;

/** Which package may use what: a step of the flow knows those before it, and nobody knows who runs it. */
@AnalyzeClasses(packages = "io.paodin.monitoring", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {

    private static final String ROOT = "io.paodin.monitoring.";
    private static final String API = ROOT + "api..";
    private static final String CONFIG = ROOT + "config..";
    private static final String MODEL = ROOT + "model..";
    private static final String RENDER = ROOT + "render..";
    private static final String APPLY = ROOT + "apply..";
    private static final String STATUS = ROOT + "status..";
    private static final String CONTROLLER = ROOT + "controller..";
    private static final String CLI = ROOT + "cli..";
    private static final String CRD = ROOT + "crd..";

    /** The one place outside of the controller that starts it. */
    private static final String OPERATOR_COMMAND = ROOT + "cli.OperatorCommand";

    @ArchTest
    static final ArchRule API_KNOWS_NOTHING_OF_OURS = packageUsesOnly(API);

    @ArchTest
    static final ArchRule CONFIG_KNOWS_NOTHING_OF_OURS = packageUsesOnly(CONFIG);

    @ArchTest
    static final ArchRule MODEL_KNOWS_THE_RESOURCE_AND_THE_SETTINGS = packageUsesOnly(MODEL, API, CONFIG);

    @ArchTest
    static final ArchRule RENDER_KNOWS_THE_MODEL = packageUsesOnly(RENDER, MODEL);

    @ArchTest
    static final ArchRule APPLY_KNOWS_NO_THANOS = packageUsesOnly(APPLY);

    @ArchTest
    static final ArchRule STATUS_KNOWS_THE_RESOURCE_AND_THE_MODEL = packageUsesOnly(STATUS, API, MODEL);

    @ArchTest
    static final ArchRule CRD_KNOWS_THE_RESOURCE = packageUsesOnly(CRD, API);

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_CONTROLLER_BUT_WHAT_STARTS_IT = noClasses()
            .that()
            .resideOutsideOfPackage(CONTROLLER)
            .and(isNot(OPERATOR_COMMAND))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CONTROLLER);

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_COMMAND_LINE = noClasses()
            .that()
            .resideOutsideOfPackage(CLI)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CLI);

    @ArchTest
    static final ArchRule ONLY_APPLY_AND_CONTROLLER_SPEAK_TO_THE_API_SERVER = noClasses()
            .that()
            .resideOutsideOfPackages(APPLY, CONTROLLER)
            .and(isNot(OPERATOR_COMMAND))
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Client.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8.kubernetes.client.dsl..", "io.fabric8.kubernetes.client.informers..");

    @ArchTest
    static final ArchRule ONLY_THE_CONTROLLER_READS_THE_CLOCK = noClasses()
            .that()
            .resideOutsideOfPackages(CONTROLLER)
            .should()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule ONLY_THE_CONTROLLER_READS_THE_ENVIRONMENT = noClasses()
            .that()
            .resideOutsideOfPackage(CONTROLLER)
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.eclipse.microprofile.config.ConfigProvider");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_TYPE_IS = noClasses()
            .should()
            .haveNameMatching(ROOT.replace(".", "\\.")
                    + ".*(Utils?|Helper|Manager|Handler|Impl|Abstract|Base|Common|Constants|Context)(\\$.*)?");

    @ArchTest
    static final ArchRule NO_STATE_IS_STATIC = fields().that()
            .areDeclaredInClassesThat()
            .resideInAPackage("io.paodin.monitoring..")
            .and()
            .areStatic()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule NO_REFLECTION_OF_OURS = noClasses()
            .that()
            .resideOutsideOfPackage(CRD)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.lang.reflect..", "java.lang.invoke..");

    @ArchTest
    static final ArchRule INHERITANCE_IS_SHALLOW = classes()
            .that(resideInAPackage("io.paodin.monitoring.."))
            .should()
            .beAssignableTo(DescribedPredicate.describe(
                    "extend at most one class of ours",
                    (JavaClass type) -> type.getAllRawSuperclasses().stream()
                                    .filter(above -> above.getPackageName().startsWith("io.paodin"))
                                    .count()
                            <= 1));

    private static ArchRule packageUsesOnly(String own, String... others) {
        var allowed = new String[others.length + 1];
        System.arraycopy(others, 0, allowed, 0, others.length);
        allowed[others.length] = own;
        return noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(resideInAPackage("io.paodin.monitoring..")
                        .and(DescribedPredicate.not(resideInAnyPackage(allowed))))
                .allowEmptyShould(false);
    }

    private static DescribedPredicate<JavaClass> isNot(String name) {
        return DescribedPredicate.describe(
                "are not " + name,
                type -> !type.getName().equals(name) && !type.getName().startsWith(name + "$"));
    }
}
