package io.dtx.runtime.log.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.dtx.runtime.log.Snapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a {@link RecordStore} must hold: records by index, each a term and a body that follows from a seed. */
final class StoreModel {

    static final long CLUSTER = 77;
    static final String MEMBER = "a:1:1";
    static final long SEGMENT_BYTES = 64 << 10;

    /** One record. */
    record Entry(long term, int seed) {
        ByteBuffer body() {
            Random random = new Random(seed);
            byte[] bytes = new byte
                    [seed % 31 == 7 ? 230_000 : seed % 5 == 3 ? 1 + random.nextInt(9_000) : 1 + random.nextInt(700)];
            if (seed % 7 != 0) {
                random.nextBytes(bytes);
            }
            bytes[0] = 1;
            return ByteBuffer.wrap(bytes);
        }
    }

    private final long before;
    private final List<Entry> entries;

    /** Begins behind an index. */
    StoreModel(long before, List<Entry> entries) {
        this.before = before;
        this.entries = List.copyOf(entries);
    }

    static StoreModel empty() {
        return new StoreModel(0, List.of());
    }

    long last() {
        return before + entries.size();
    }

    StoreModel plus(List<Entry> more) {
        List<Entry> all = new ArrayList<>(entries);
        all.addAll(more);
        return new StoreModel(before, all);
    }

    StoreModel until(long index) {
        return new StoreModel(before, entries.subList(0, (int) (index - before)));
    }

    static RecordBatch batch(List<Entry> entries) {
        RecordBatch batch = new RecordBatch();
        entries.forEach(entry -> batch.add(entry.term(), entry.body()));
        assertEquals(entries.size(), batch.count());
        return batch;
    }

    /** Appends in as many batches as it takes. */
    static void append(RecordStore store, List<Entry> entries) throws IOException {
        RecordBatch batch = new RecordBatch();
        for (Entry each : entries) {
            if (!batch.add(each.term(), each.body())) {
                store.append(batch);
                batch.clear();
                batch.add(each.term(), each.body());
            }
        }
        store.append(batch);
    }

    /** Asserts that the store holds this, and nothing behind it; it may have dropped what is before. */
    void assertHeldBy(RecordStore store) throws IOException {
        assertEquals(last(), store.lastIndex());
        for (long index = Math.max(before + 1, store.firstIndex()); index <= last(); index++) {
            Entry expected = entries.get((int) (index - before - 1));
            ByteBuffer body = store.read(index);
            assertNotNull(body, "record " + index);
            assertEquals(expected.body(), body, "record " + index);
            assertEquals(
                    expected.term(),
                    java.util.Objects.requireNonNull(store.record(index)).term(),
                    "record " + index);
        }
        assertNull(store.read(last() + 1));
    }

    boolean isHeldBy(RecordStore store) throws IOException {
        try {
            assertHeldBy(store);
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    static Snapshot view(long index) {
        byte[] item = ("state after " + index).repeat(50).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return () -> java.util.stream.Stream.of(new Snapshot.Item(item, List.of()));
    }

    static List<Entry> entries(long term, int firstSeed, int count) {
        List<Entry> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(new Entry(term, firstSeed + i));
        }
        return made;
    }
}
