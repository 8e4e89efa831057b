package io.dtx.runtime.coordinator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays the transcripts {@code scenarios/*.txt}: commands at the start of a line, what came of them indented below. */
class ScenariosTest {

    static List<String> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(RecordedText.path("scenarios"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void the_state_does_what_the_transcript_says(String name) throws IOException {
        String file = "scenarios/" + name;
        Scenario scenario = new Scenario();
        StringBuilder played = new StringBuilder();
        for (String line : Files.readAllLines(RecordedText.path(file))) {
            if (line.startsWith(" ")) {
                continue; // an outcome: it is written anew
            }
            played.append(line).append('\n');
            if (!line.isEmpty() && !line.startsWith("#")) {
                scenario.play(line)
                        .forEach(
                                outcome -> played.append("    ").append(outcome).append('\n'));
            }
        }
        RecordedText.compare(file, played.toString());
    }
}
