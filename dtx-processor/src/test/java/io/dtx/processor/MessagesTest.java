package io.dtx.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dtx.StepRetry;
import io.dtx.processor.message.Message;
import io.dtx.processor.model.Duration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What messages say, and that the documentation knows every one. */
class MessagesTest {

    @Test
    void the_documentation_lists_every_code_once_and_others_as_retired() throws IOException {
        List<String> listed = Pattern.compile("^\\| (DTX-P[0-9]{3}) \\|(?! retired:)", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("../docs/messages.md")))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertEquals(Arrays.stream(Message.values()).map(Message::code).toList(), listed);
    }

    @Test
    void a_mistyped_name_is_answered_with_the_nearest_one() {
        assertThat(said("compensation_unknown.java"))
                .containsExactly(
                        "[DTX-P012] compensate = \"relase\" names no method of StockService; did you mean \"release\"?",
                        "[DTX-P012] compensate = \"somethingElse\" names no method of StockService.");
    }

    @Test
    void a_mistyped_duration_is_answered_with_what_was_meant() {
        assertThat(said("duration_malformed.java"))
                .contains(
                        "[DTX-P004] timeout = \"3 sec\" is no duration: write a whole number with ms, s, m or h; did you mean"
                                + " \"3s\"?",
                        "[DTX-P004] delay = \"1000\" is no duration: write a whole number with ms, s, m or h; did you mean"
                                + " \"1000ms\" or \"1000s\"?");
    }

    @Test
    void a_type_that_cannot_be_recorded_is_named_with_its_place_and_the_ways_out() {
        assertThat(said("unrecordable.java"))
                .contains(
                        "[DTX-P031] undo takes 'request' (InputStream), which cannot be recorded. End undo's parameters before"
                                + " it, or pass a record or an id, or name an ArgumentCodec with @RecordedBy.",
                        "[DTX-P031] undo takes 'order' (Shop.Order), which cannot be recorded because of Shop.Line.worker"
                                + " (Thread). End undo's parameters before it, or pass a record or an id, or name an"
                                + " ArgumentCodec with @RecordedBy.",
                        "[DTX-P031] undo takes 'list' (ArrayList<String>), which cannot be recorded. End undo's parameters"
                                + " before it, or pass a record or an id; declare it as List.");
    }

    @Test
    void a_result_that_may_be_unknown_is_said_with_the_type_to_take() {
        assertThat(said("result_binding.java"))
                .contains(
                        "[DTX-P029] the @StepResult of Shop.undoExternal is long: Shop.external has no resource, so its result"
                                + " may be unknown; take Optional<Long>, where empty is unknown.");
    }

    /** The processor repeats these, as javac does not tell the defaults of an annotation that is itself a default. */
    @Test
    void the_defaults_of_retries_are_those_of_the_annotation() throws NoSuchMethodException {
        assertEquals(0, defaultOf("maxAttempts"));
        assertEquals(100, Duration.of((String) defaultOf("delay")).millis());
        assertEquals(2.0, defaultOf("multiplier"));
        assertEquals(5_000, Duration.of((String) defaultOf("maxDelay")).millis());
        assertEquals(0.2, defaultOf("jitter"));
        assertEquals(0, ((Class<?>[]) defaultOf("retryOn")).length);
        assertEquals(0, ((Class<?>[]) defaultOf("abortOn")).length);
    }

    private static Object defaultOf(String member) throws NoSuchMethodException {
        return StepRetry.class.getDeclaredMethod(member).getDefaultValue();
    }

    private static List<String> said(String program) {
        return Program.of(List.of(Program.resources("bad/" + program)))
                .javac(GoodPrograms.folder(), List.of(new DtxProcessor()))
                .errors();
    }
}
