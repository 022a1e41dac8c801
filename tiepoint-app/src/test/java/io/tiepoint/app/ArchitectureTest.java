package io.tiepoint.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the modules, as docs/architecture.md tells them. */
class ArchitectureTest {
    /** Which modules a module may use. {@code train} and {@code match} never see each other. */
    private static final Map<String, Set<String>> MAY_USE = Map.of(
            "core", Set.of(),
            "synthetic", Set.of("core"),
            "train", Set.of("core", "synthetic"),
            "match", Set.of("core"),
            "evaluate", Set.of("core"),
            "interop", Set.of("core"));

    private static JavaClasses classes;

    @BeforeAll
    static void importClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.tiepoint");
        assertThat(classes).isNotEmpty();
    }

    static Stream<String> modules() {
        return MAY_USE.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleUsesOnlyWhatItMay(String module) {
        String[] allowed = Stream.concat(Stream.of(module), MAY_USE.getOrDefault(module, Set.of()).stream())
                .map(ArchitectureTest::packagesOf)
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> forbidden = resideInAnyPackage("io.tiepoint..")
                .and(resideOutsideOfPackages(allowed))
                .as("reside in a module other than %s and %s", module, MAY_USE.getOrDefault(module, Set.of()));
        noClasses()
                .that()
                .resideInAPackage(packagesOf(module))
                .should()
                .dependOnClassesThat(forbidden)
                .allowEmptyShould(true)
                .because("the modules keep to the order of docs/architecture.md")
                .check(classes);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.tiepoint.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void onlyTrainUsesLibtorch() {
        noClasses()
                .that()
                .resideOutsideOfPackage(packagesOf("train"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco.pytorch..")
                .because("matching must work without libtorch")
                .check(classes);
    }

    @Test
    void onlyMatchUsesOnnxRuntimeAndOpenCv() {
        noClasses()
                .that()
                .resideOutsideOfPackage(packagesOf("match"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.onnxruntime..", "org.bytedeco.opencv..")
                .because("the .onnx file with its card is the contract between training and matching")
                .check(classes);
    }

    @Test
    void coreAndWhatRestsOnItAloneKnowNoNativeLibrary() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        packagesOf("core"), packagesOf("synthetic"), packagesOf("evaluate"), packagesOf("interop"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..", "ai.onnxruntime..")
                .check(classes);
    }

    private static String packagesOf(String module) {
        return "io.tiepoint." + module + "..";
    }
}
