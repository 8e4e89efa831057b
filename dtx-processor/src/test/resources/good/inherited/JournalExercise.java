package inherited;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dtx.processor.Exercise;
import io.dtx.processor.RecordingGateway;
import java.util.List;

public final class JournalExercise implements Exercise {

    @Override
    public void run(RecordingGateway gateway) throws Throwable {
        Journal journal = gateway.bind(new Journal_DtxBean());
        journal.transfer("a", "b");
        journal.close("a");
        assertEquals("ledger", journal.toString());
        assertEquals(List.of("Journal.transfer", "Journal.book", "Journal.book", "shut"), gateway.entered());
        assertEquals(36, journal.bookIn("a"));
        gateway.compensateAll(journal);
        assertEquals(
                List.of("book a -1", "book b 1", "close a", "open a", "cancel b 2", "cancel a -2"), journal.done);
    }
}
