package io.dtx.runtime;

import io.dtx.runtime.session.ChangeRefusedException;
import io.dtx.runtime.session.Roster;
import io.dtx.runtime.session.RosterView;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;

/** The only process that has a log: there are no members to change. */
final class LoneRoster implements Roster {

    private final LongSupplier cluster;
    private final Path directory;
    private final long instance;
    private final LongSupplier entry;

    LoneRoster(LongSupplier cluster, Path directory, long instance, LongSupplier entry) {
        this.cluster = cluster;
        this.directory = directory;
        this.instance = instance;
        this.entry = entry;
    }

    @Override
    public RosterView view() {
        return new RosterView(
                cluster.getAsLong(),
                instance,
                "",
                List.of(),
                "",
                true,
                entry.getAsLong(),
                DiskSpace.freeBytes(directory));
    }

    @Override
    public List<String> addresses() {
        return List.of();
    }

    @Override
    public boolean add(String member) {
        throw alone();
    }

    @Override
    public boolean remove(int id) {
        throw alone();
    }

    @Override
    public boolean transferTo(int id) {
        throw alone();
    }

    private static ChangeRefusedException alone() {
        return new ChangeRefusedException(
                "DTX-8018 this coordinator keeps its log alone, and has no members: end it, make its directory that of a"
                        + " first member by dtx cluster init --from DIR, and start it with --replicated");
    }
}
