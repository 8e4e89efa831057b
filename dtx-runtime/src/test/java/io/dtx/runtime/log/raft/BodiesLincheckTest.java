package io.dtx.runtime.log.raft;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.runtime.interleavings.Interleavings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Entries are read while they go from memory to the disk: they are always there. */
@Param(name = "index", gen = IntGen.class, conf = "1:2")
public class BodiesLincheckTest {

    private final Map<Long, ByteBuffer> memory = new ConcurrentHashMap<>();
    private final Map<Long, ByteBuffer> records = new ConcurrentHashMap<>();
    private volatile long last;
    private final Bodies bodies = new Bodies(() -> last, this::onDisk, memory::get);

    /** Has two entries in memory. */
    public BodiesLincheckTest() {
        memory.put(1L, ByteBuffer.allocate(1));
        memory.put(2L, ByteBuffer.allocate(2));
    }

    /** As a {@link io.dtx.runtime.log.file.RecordStore} does, whose last index is behind its records. */
    private @Nullable ByteBuffer onDisk(long index) {
        return index > last ? null : records.get(index);
    }

    /** Writes the next one; consensus forgets it then. */
    @Operation(nonParallelGroup = "disk")
    public void append() {
        long next = last + 1;
        ByteBuffer body = memory.get(next);
        if (body != null) {
            records.put(next, body);
            last = next;
            memory.remove(next);
        }
    }

    @Operation
    public int read(@Param(name = "index") int index) throws IOException {
        ByteBuffer body = bodies.of(index);
        return body == null ? 0 : body.capacity();
    }

    @Test
    void whatever_threads_do_at_once_could_have_been_done_one_after_the_other() {
        options().check(BodiesLincheckTest.class);
    }

    @Test
    void whoever_asks_the_memory_last_is_found() {
        assertThrows(AssertionError.class, () -> options().check(Planted.class));
    }

    /** Both entries are in memory when the threads begin. */
    private static ModelCheckingOptions options() {
        return Interleavings.options().actorsBefore(0).actorsAfter(0);
    }

    /** Planted: the disk is asked first, and then the memory, which has given it to the disk meanwhile. */
    @Param(name = "index", gen = IntGen.class, conf = "1:2")
    public static class Planted extends BodiesLincheckTest {

        @Override
        @Operation
        public int read(@Param(name = "index") int index) {
            ByteBuffer body = super.onDisk(index);
            body = body == null ? super.memory.get((long) index) : body;
            return body == null ? 0 : body.capacity();
        }
    }
}
