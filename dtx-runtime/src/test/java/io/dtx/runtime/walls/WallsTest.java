package io.dtx.runtime.walls;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The runtime keeps its walls, and each of them notices when it is crossed. */
class WallsTest {
    private static final Map<String, Function<JavaClasses, Stream<String>>> RULES = new LinkedHashMap<>(Map.of(
            "packages form no cycles", WallsTest::cycles,
            "every package has a place", Walls::packagesWithoutAPlace,
            "packages see what the design draws", Walls::arrowsThatAreNotDrawn,
            "a library is seen by one package", Walls::librariesSeenFromElsewhere,
            "the file log knows files", Walls::fileLogSeesMoreThanFiles,
            "the protocol knows values", Purity::protocolSeesMoreThanValues,
            "the state has no clock, randomness, thread", Purity::clockRandomnessOrThread));

    @TestFactory
    Stream<DynamicTest> the_runtime_keeps_the_wall() throws Exception {
        JavaClasses classes = runtime();
        assertThat(classes).as("classes of the runtime").hasSizeGreaterThan(10);
        return RULES.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(),
                        () -> assertThat(rule.getValue().apply(classes))
                                .as(rule.getKey())
                                .isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> a_planted_crossing_is_found(@TempDir Path directory) {
        return Arrays.stream(PlantedCrossing.values())
                .map(planted -> DynamicTest.dynamicTest(
                        planted.name(),
                        () -> assertThat(brokenRules(planted, directory.resolve(planted.name())))
                                .as(planted.name())
                                .containsExactlyInAnyOrderElementsOf(planted.breaks())));
    }

    @Test
    void every_wall_has_a_planted_crossing() {
        assertThat(Arrays.stream(PlantedCrossing.values()).flatMap(planted -> planted.breaks().stream()))
                .containsAll(RULES.keySet());
    }

    private static Stream<String> brokenRules(PlantedCrossing planted, Path directory) throws IOException {
        JavaClasses classes = planted.compile(directory);
        return RULES.entrySet().stream()
                .filter(rule -> rule.getValue().apply(classes).findAny().isPresent())
                .map(Map.Entry::getKey);
    }

    private static Stream<String> cycles(JavaClasses classes) {
        return SlicesRuleDefinition.slices()
                .matching(Walls.ROOT + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .evaluate(classes)
                .getFailureReport()
                .getDetails()
                .stream();
    }

    /** The main classes of this module, wherever the build has put them. */
    private static JavaClasses runtime() throws ClassNotFoundException, URISyntaxException {
        Class<?> anchor = Class.forName(Walls.ROOT + ".package-info");
        return new ClassFileImporter()
                .importPath(Path.of(anchor.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()));
    }
}
