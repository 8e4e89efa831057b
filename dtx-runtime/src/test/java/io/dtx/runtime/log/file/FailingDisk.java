package io.dtx.runtime.log.file;

import java.io.IOException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;

/** The disk of a member of a replicated log, for tests of other packages: it fails when it is told to. Thread-safe. */
public final class FailingDisk {

    /** How one of its operations fails. */
    public enum Fault {
        /** Nothing is done, and the error says so; a force that fails has dropped what it should have written. */
        EIO(SimulatedDisk.Fault.EIO),
        /** Half is written before the error. */
        ENOSPC(SimulatedDisk.Fault.ENOSPC),
        /** Half is written, without an error. */
        SHORT(SimulatedDisk.Fault.SHORT),
        /** Half is written, and nothing can be done any more. */
        TORN(SimulatedDisk.Fault.TORN_BY_POWER_CUT),
        /** Nothing is done: the virtual machine throws an error. */
        NO_MEMORY(SimulatedDisk.Fault.NO_MEMORY);

        private final SimulatedDisk.Fault simulated;

        Fault(SimulatedDisk.Fault simulated) {
            this.simulated = simulated;
        }

        /** Returns whether the member can go on after it. */
        public boolean isHarmless() {
            return this == SHORT;
        }
    }

    private static final Random ALWAYS = new Random() {
        @Override
        public boolean nextBoolean() {
            return true;
        }
    };

    private final Lying disk;

    /** A disk that works. */
    public FailingDisk(Path directory) {
        this.disk = new Lying(directory);
    }

    /** Opens the member's directory on it. */
    public RecordStore open(long segmentBytes, RecordStore.Visitor visitor) {
        return MemberDirectory.open(disk, segmentBytes, visitor);
    }

    /** The operation after so many more fails, once. */
    public void failAfter(Fault fault, int operations) {
        disk.failAfter(fault.simulated, operations);
    }

    /** Returns whether it has failed. */
    public boolean hasFailed() {
        return disk.hit();
    }

    /** Returns what has failed: a write, a force, and so on. */
    public String failed() {
        return disk.failed();
    }

    /** Planted: from now on it says that everything is durable, and nothing is. */
    public void lie() {
        disk.lies = true;
    }

    /** Takes the power away from the member, which must be down: of what was not forced, some is there and some is not. */
    public void cutPower(Random random) throws IOException {
        disk.cutPower(random);
    }

    /** Takes the power away, and nothing that was not forced is there. */
    public void cutPowerAndLoseAll() throws IOException {
        disk.cutPower(ALWAYS);
    }

    private static final class Lying extends SimulatedDisk {

        private volatile boolean lies;

        Lying(Path directory) {
            super(directory, Fault.EIO, -1);
        }

        @Override
        LogFile file(String name, Set<? extends OpenOption> options) throws IOException {
            return new CachedFile(path(name), options) {
                @Override
                void force() throws IOException {
                    if (!lies) {
                        super.force();
                    }
                }
            };
        }
    }
}
