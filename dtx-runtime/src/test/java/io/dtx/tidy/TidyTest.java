package io.dtx.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The repository keeps the house rules, and each of them notices when it is broken. */
class TidyTest {
    @TestFactory
    Stream<DynamicTest> the_repository_keeps_the_rule() {
        Repository repository = Repository.here();
        assertThat(repository.main())
                .as("main sources found in " + repository.root())
                .hasSizeGreaterThan(10);
        return HouseRules.ALL.stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.name(),
                        () -> assertThat(rule.violations().apply(repository))
                                .as(rule.name())
                                .isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> a_planted_violation_is_found(@TempDir Path directory) {
        return PlantedViolations.BY_RULE.entrySet().stream()
                .flatMap(planted -> planted.getValue().stream()
                        .map(violation -> DynamicTest.dynamicTest(
                                planted.getKey() + ": " + violation.what(),
                                () -> assertThat(brokenRules(directory, violation))
                                        .containsExactly(planted.getKey()))));
    }

    @Test
    void every_rule_has_a_planted_violation() {
        assertThat(PlantedViolations.BY_RULE.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        HouseRules.ALL.stream().map(HouseRule::name).toList());
    }

    @Test
    void what_only_looks_like_a_violation_is_let_through(@TempDir Path directory) throws IOException {
        assertThat(brokenRules(directory, PlantedViolations.INNOCENT)).isEmpty();
    }

    @Test
    void literals_and_comments_are_no_code() {
        assertThat(JavaText.withoutCommentsAndLiterals(
                        "a(\"x\\\"//\"); // b\n/* c\n */ d('\"', \"\"\"\n  e\"\n\"\"\"); f"))
                .isEqualTo("a(       );     \n    \n    d(   ,    \n    \n   ); f");
    }

    private static List<String> brokenRules(Path directory, PlantedViolations.Plant plant) throws IOException {
        Path root = Files.createTempDirectory(directory, "planted");
        for (Map.Entry<String, String> file : plant.files().entrySet()) {
            Path path = root.resolve(file.getKey()).normalize();
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Repository repository = Repository.read(root);
        return HouseRules.ALL.stream()
                .filter(rule -> rule.violations().apply(repository).findAny().isPresent())
                .map(HouseRule::name)
                .toList();
    }
}
