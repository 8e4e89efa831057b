package io.dtx.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dtx.spi.ArgumentReader;
import io.dtx.spi.MalformedRecordException;
import io.dtx.spi.Participant;
import io.dtx.spi.ParticipantBean;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, generated readers end with a value or with MalformedRecordException. */
class DamagedRecordsTest {

    private static final long SEED = Long.getLong("dtx.seed", 20261121);
    private static final int TRIALS = 20_000;

    private static final List<RecordingGateway.Call> CALLS = new ArrayList<>();
    private static ParticipantBean bean;
    private static Participant participant;

    @BeforeAll
    static void record() throws Throwable {
        Constructor<?> constructor =
                GoodPrograms.LOADER.loadClass("values.Everything_DtxBean").getDeclaredConstructor();
        constructor.setAccessible(true);
        bean = (ParticipantBean) constructor.newInstance();
        participant = RecordingGateway.participant(bean);
        RecordingGateway keeping = new RecordingGateway(CALLS);
        GoodPrograms.exercise(GoodPrograms.LOADER, "values.EverythingExercise").run(keeping);
        assertTrue(CALLS.size() >= 8, "recorded " + CALLS.size());
    }

    private int read;
    private int refused;

    @Test
    void every_truncation_is_refused() throws Throwable {
        for (RecordingGateway.Call call : CALLS) {
            byte[] bytes = call.arguments();
            for (int length = 0; length < bytes.length; length++) {
                undo(call, Arrays.copyOf(bytes, length));
            }
        }
        assertEquals(0, read, "no shorter record is a record");
        assertTrue(refused > 500);
        System.out.println("truncated records: " + refused + " refused");
    }

    @Test
    void every_flipped_byte_is_read_or_refused() throws Throwable {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < TRIALS; i++) {
            RecordingGateway.Call call = CALLS.get(random.nextInt(CALLS.size()));
            byte[] bytes = call.arguments().clone();
            for (int flips = random.nextInt(1, 4); flips > 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            undo(call, bytes);
        }
        print("damaged");
    }

    @Test
    void random_bytes_are_read_or_refused() throws Throwable {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < TRIALS; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] =
                        random.nextBoolean() ? (byte) random.nextInt(4) : bytes[j]; // small sizes and tags get further
            }
            undo(CALLS.get(random.nextInt(CALLS.size())), bytes);
        }
        print("random");
    }

    private void print(String kind) {
        System.out.println(kind + " records: seed " + SEED + ", " + read + " read, " + refused + " refused");
        assertTrue(refused > 1_000 && read + refused == TRIALS);
    }

    private void undo(RecordingGateway.Call call, byte[] arguments) throws Throwable {
        ArgumentReader result = call.result() == null ? null : new ArgumentReader(call.result());
        try {
            participant.compensate(
                    bean, call.step(), new ArgumentReader(arguments), result, RecordingGateway.NO_CONTEXT);
            read++;
        } catch (MalformedRecordException e) {
            refused++;
        }
    }
}
