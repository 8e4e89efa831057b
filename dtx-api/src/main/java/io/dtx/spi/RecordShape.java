package io.dtx.spi;

import java.util.List;

/**
 * The components that a record had when it was written: a check of name and type for each. It is written once per call
 * beside the first record of its kind, and lets a reader tell a record to which components were added at the end, which it
 * reads, from one that was changed otherwise, which it refuses.
 */
public final class RecordShape {

    private final String name;
    private final short[] checks;

    private RecordShape(String name, short[] checks) {
        this.name = name;
        this.checks = checks;
    }

    /**
     * Describes a record.
     *
     * @param name the record's name, for messages only
     * @param components {@code name:type} of each, in order
     */
    public static RecordShape of(String name, String... components) {
        short[] checks = new short[components.length];
        for (int i = 0; i < checks.length; i++) {
            int hash = components[i].hashCode() * 0x9E3779B9; // String's hash is specified: the same in every JVM
            checks[i] = (short) (hash >>> 16);
        }
        return new RecordShape(name, checks);
    }

    /** Makes the shape that was read from a record. */
    static RecordShape read(List<Short> checks) {
        short[] copy = new short[checks.size()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = checks.get(i);
        }
        return new RecordShape("", copy);
    }

    int size() {
        return checks.length;
    }

    short check(int component) {
        return checks[component];
    }

    /** Returns how many components both have, given that they agree in them; else -1. */
    int common(RecordShape other) {
        int common = Math.min(checks.length, other.checks.length);
        for (int i = 0; i < common; i++) {
            if (checks[i] != other.checks[i]) {
                return -1;
            }
        }
        return common;
    }

    @Override
    public String toString() {
        return name;
    }
}
