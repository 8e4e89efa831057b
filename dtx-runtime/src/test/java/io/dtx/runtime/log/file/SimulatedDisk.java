package io.dtx.runtime.log.file;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A disk with a volatile cache: what was not forced is lost at a power cut, sector by sector, as chance wills. One of its
 * operations, counted from 0, fails once.
 */
class SimulatedDisk extends LogFiles {

    /** How an operation fails. */
    enum Fault {
        /** Nothing is done, and the error says so. */
        EIO,
        /** Half is written before the error. */
        ENOSPC,
        /** Half is written, without an error. */
        SHORT,
        /** From here on nothing is done any more. */
        POWER_CUT,
        /** Half of it is done, nothing after it. */
        TORN_BY_POWER_CUT,
        /** Nothing is done, for the virtual machine has no memory for it, and throws an {@link InternalError}. */
        NO_MEMORY
    }

    private static final int SECTOR = 512;

    private Fault fault;
    private int at;
    private final Map<Path, Map<Long, byte[]>> unforced = new HashMap<>();
    private final Map<Path, Map<Long, byte[]>> lost = new HashMap<>();
    private int operations;
    private boolean dead;
    private boolean hit;
    private String failed = "";

    SimulatedDisk(Path directory, Fault fault, int at) {
        super(directory);
        this.fault = fault;
        this.at = at;
    }

    /** The operation after so many more fails. */
    synchronized void failAfter(Fault next, int more) {
        fault = next;
        at = operations + more;
        hit = false;
    }

    synchronized int operations() {
        return operations;
    }

    /** Whether the operation that fails was reached. */
    synchronized boolean hit() {
        return hit;
    }

    /** What the operation that failed was to do: write, force, read, size, open, create, rename, delete, or sync. */
    synchronized String failed() {
        return failed;
    }

    /** Takes the power away: of each sector that was not forced, the disk has the old content or the new. */
    synchronized void cutPower(Random random) throws IOException {
        dead = true;
        for (Map<Path, Map<Long, byte[]>> each : List.of(unforced, lost)) {
            for (Map.Entry<Path, Map<Long, byte[]>> file : each.entrySet()) {
                if (Files.exists(file.getKey())) {
                    restore(file.getKey(), file.getValue(), random);
                }
            }
        }
    }

    private static void restore(Path path, Map<Long, byte[]> sectors, Random random) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            for (Map.Entry<Long, byte[]> sector : sectors.entrySet()) {
                if (random.nextBoolean()) {
                    file.seek(sector.getKey() * SECTOR);
                    file.write(sector.getValue(), 0, (int) Math.min(SECTOR, file.length() - sector.getKey() * SECTOR));
                }
            }
        }
    }

    @Override
    LogFile open(String name) throws IOException {
        before("open");
        return file(name, Set.of(READ, WRITE));
    }

    @Override
    LogFile create(String name) throws IOException {
        before("create");
        synchronized (this) {
            Files.deleteIfExists(path(name));
            unforced.remove(path(name));
        }
        return file(name, Set.of(READ, WRITE, CREATE_NEW));
    }

    @Override
    void rename(String from, String to) throws IOException {
        before("rename");
        synchronized (this) {
            for (Map<Path, Map<Long, byte[]>> each : List.of(unforced, lost)) {
                Map<Long, byte[]> moved = each.remove(path(from));
                each.remove(path(to));
                if (moved != null) {
                    each.put(path(to), moved);
                }
            }
        }
        super.rename(from, to);
    }

    @Override
    void delete(String name) throws IOException {
        before("delete");
        super.delete(name);
    }

    @Override
    void syncDirectory() throws IOException {
        before("sync");
        super.syncDirectory();
    }

    LogFile file(String name, Set<? extends OpenOption> options) throws IOException {
        return new CachedFile(path(name), options);
    }

    /** Counts an operation that is done as a whole or not at all. */
    private synchronized void before(String what) throws IOException {
        if (next(what) && fault != Fault.SHORT) {
            throw error();
        }
    }

    /** Counts an operation; true if it is the one that fails. */
    synchronized boolean next(String what) throws IOException {
        if (dead) {
            throw new IOException("the power is off");
        }
        boolean fails = operations++ == at;
        if (fails) {
            hit = true;
            failed = what;
        }
        dead = fails && (fault == Fault.POWER_CUT || fault == Fault.TORN_BY_POWER_CUT);
        return fails;
    }

    private IOException error() {
        if (fault == Fault.NO_MEMORY) {
            throw new InternalError(
                    "planted: no memory for an operation of the disk"); // an OutOfMemoryError ends JUnit
        }
        return new IOException(fault == Fault.ENOSPC ? "No space left on device" : "Input/output error");
    }

    /** A file behind the cache. */
    class CachedFile extends LogFile {

        CachedFile(Path path, Set<? extends OpenOption> options) throws IOException {
            super(path, options);
        }

        @Override
        long size() throws IOException {
            before("size");
            return super.size();
        }

        @Override
        void read(ByteBuffer into, long position) throws IOException {
            before("read");
            super.read(into, position);
        }

        @Override
        int writeSome(ByteBuffer bytes, long position) throws IOException {
            synchronized (SimulatedDisk.this) {
                boolean fails = next("write");
                if (!fails) {
                    return cache(bytes, position, bytes.remaining());
                }
                int written = fault == Fault.EIO || fault == Fault.POWER_CUT || fault == Fault.NO_MEMORY
                        ? 0
                        : cache(bytes, position, Math.max(1, bytes.remaining() / 2));
                if (fault == Fault.SHORT) {
                    return written;
                }
                throw error();
            }
        }

        /** A force that fails drops what it should have written; the next one succeeds, as on Linux. */
        @Override
        void force() throws IOException {
            synchronized (SimulatedDisk.this) {
                Map<Long, byte[]> sectors = unforced.remove(path());
                boolean fails;
                try {
                    fails = next("force");
                } catch (IOException e) {
                    keep(sectors);
                    throw e;
                }
                if (fails && fault != Fault.SHORT) {
                    keep(sectors);
                    throw error();
                }
            }
        }

        private void keep(Map<Long, byte[]> sectors) {
            if (sectors != null) {
                sectors.forEach(lost.computeIfAbsent(path(), path -> new HashMap<>())::putIfAbsent);
            }
        }

        private int cache(ByteBuffer bytes, long position, int length) throws IOException {
            for (long sector = position / SECTOR; sector * SECTOR < position + length; sector++) {
                ByteBuffer old = ByteBuffer.allocate(SECTOR);
                super.read(old, sector * SECTOR);
                Map<Long, byte[]> before = lost.get(path());
                byte[] durable = before == null ? null : before.remove(sector);
                unforced.computeIfAbsent(path(), path -> new HashMap<>())
                        .putIfAbsent(sector, durable == null ? old.array() : durable);
            }
            ByteBuffer part = bytes.slice(bytes.position(), length);
            while (part.hasRemaining()) {
                super.writeSome(part, position + part.position());
            }
            bytes.position(bytes.position() + length);
            return length;
        }
    }
}
