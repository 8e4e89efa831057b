package io.dtx.runtime.participant.xa;

import static org.assertj.core.api.Assertions.assertThat;

import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.arjuna.objectstore.StateStatus;
import com.arjuna.ats.arjuna.state.InputObjectState;
import io.dtx.runtime.crash.Fork;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the object store has acknowledged is there after {@code kill -9}, read from the log by the next process. */
class DecisionStoreKillTest {

    private static final String RECORDS_MIN = System.getProperty("atomic.store.records", "100");

    @TempDir
    Path directory;

    @Test
    void a_killed_process_leaves_every_record_as_it_was_acknowledged() throws Exception {
        Fork writer = Fork.start(StoreWriter.class, directory, Map.of());
        writer.awaitLine("RECORDS " + RECORDS_MIN);
        writer.signal("KILL");
        Fork.Run run = writer.await();
        assertThat(run.exit()).as(run.end()).isEqualTo(137);
        Map<String, String> said = new HashMap<>(); // the last word on each record
        for (String line : run.lines()) {
            String[] words = line.split(" ");
            if (words.length == 3) { // the last line may be torn
                said.put(words[1], words[0] + " " + words[2]);
            }
        }

        StoreWriter next = new StoreWriter(directory.resolve("log"));
        int present = 0;
        for (Map.Entry<String, String> each : said.entrySet()) {
            Uid uid = new Uid(each.getKey());
            boolean isThere = next.store().currentState(uid, StoreWriter.TYPE) == StateStatus.OS_COMMITTED;
            present += isThere ? 1 : 0;
            switch (each.getValue()) {
                case "REMOVED -" -> assertThat(isThere).as(each.toString()).isFalse();
                case "REMOVES -" -> {} // nobody was told
                case "WROTE 1" -> assertThat(read(next, uid)).isIn(StoreWriter.content(1), StoreWriter.content(2));
                case "WROTE 2" -> assertThat(read(next, uid)).isEqualTo(StoreWriter.content(2));
                default -> throw new AssertionError(each);
            }
        }
        next.close();
        assertThat(said).containsValue("REMOVED -").containsValue("WROTE 2");
        System.out.printf("ATOMIC object store killed: records %d  found %d  violations 0%n", said.size(), present);
    }

    private static byte[] read(StoreWriter writer, Uid uid) throws Exception {
        InputObjectState found = writer.store().read_committed(uid, StoreWriter.TYPE);
        assertThat(found).as("%s, which was acknowledged", uid).isNotNull();
        return found.unpackBytes();
    }
}
