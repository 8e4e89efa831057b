package io.dtx.runtime.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows by key, each with its committed versions and at most one transaction that writes it. */
final class Table {

    final TreeMap<String, Row> rows = new TreeMap<>();

    Row row(String key) {
        return rows.computeIfAbsent(key, Row::new);
    }

    /** Returns the rows that a transaction sees, by key. */
    Map<String, Object[]> visible(LocalWork work) {
        Map<String, Object[]> seen = new TreeMap<>();
        rows.forEach((key, row) -> {
            Object[] values = row.visible(work);
            if (values != null) {
                seen.put(key, values);
            }
        });
        return seen;
    }

    /** One key; a row without values does not exist. */
    static final class Row {

        final String key;
        private final List<Version> versions = new ArrayList<>(1);

        @Nullable
        LocalWork writer;

        Object @Nullable [] pending;

        private record Version(long commit, Object @Nullable [] values) {}

        Row(String key) {
            this.key = key;
        }

        Object @Nullable [] visible(LocalWork work) {
            if (writer == work) {
                return pending;
            }
            Object @Nullable [] seen = null;
            for (Version each : versions) {
                if (each.commit <= work.snapshot()) {
                    seen = each.values;
                }
            }
            return seen;
        }

        Object @Nullable [] latest() {
            return versions.isEmpty() ? null : versions.get(versions.size() - 1).values;
        }

        long changedAt() {
            return versions.isEmpty() ? 0 : versions.get(versions.size() - 1).commit;
        }

        void commit(long commit) {
            versions.add(new Version(commit, pending));
            release();
        }

        void release() {
            writer = null;
            pending = null;
        }
    }
}
