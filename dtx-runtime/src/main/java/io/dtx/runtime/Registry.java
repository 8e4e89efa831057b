package io.dtx.runtime;

import io.dtx.DtxException;
import io.dtx.runtime.coordinator.Hosting;
import io.dtx.runtime.participant.GuardedResource;
import io.dtx.runtime.participant.OnePhaseGuard;
import io.dtx.runtime.participant.Participants;
import io.dtx.runtime.participant.TwoPhaseCommit;
import io.dtx.runtime.participant.guard.AtomicUnit;
import io.dtx.runtime.participant.guard.JdbcResource;
import io.dtx.runtime.participant.xa.NarayanaCommit;
import io.dtx.spi.DtxParticipant;
import io.dtx.spi.XaSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/** What the application has registered: resources and participants, by name. */
final class Registry implements AutoCloseable {

    private final Map<String, JdbcResource> resources = new LinkedHashMap<>();
    private final Map<String, AtomicUnit> units = new LinkedHashMap<>();
    private final Participants participants = new Participants();
    private final WovenClasses woven = new WovenClasses(participants);
    private @Nullable TwoPhaseCommit twoPhaseCommit;

    Participants participants() {
        return participants;
    }

    WovenClasses woven() {
        return woven;
    }

    Map<String, GuardedResource> resources() {
        return Collections.unmodifiableMap(resources);
    }

    /** Returns everything that this process can do for others, by name. */
    List<String> hosted() {
        List<String> names = new ArrayList<>(resources.keySet());
        resources.forEach((name, resource) -> names.add(Hosting.database(name, resource.databaseId())));
        xaNames().stream().filter(each -> !resources.containsKey(each)).forEach(names::add);
        names.addAll(participants.stepNames());
        names.sort(null);
        return names;
    }

    <T> T resource(String name, Class<T> type) {
        TwoPhaseCommit atomic = twoPhaseCommit;
        AtomicUnit unit = units.get(name);
        T found = unit == null ? null : unit.as(type);
        if (found == null) {
            found = atomic != null
                            && !resources.containsKey(name)
                            && atomic.names().contains(name)
                    ? atomic.as(name, type)
                    : find(name).as(type);
        }
        if (found == null) {
            throw new DtxException(
                    null,
                    "DTX-1018 resource \"" + name + "\" is no " + type.getName()
                            + ": ask for a javax.sql.DataSource, or add" + " .persistenceUnit(\"" + name
                            + "\", unit) for a jakarta.persistence.EntityManager.",
                    null);
        }
        return found;
    }

    /** Gives a resource a persistence unit. */
    void persistenceUnit(String name, String unit) {
        TwoPhaseCommit atomic = twoPhaseCommit;
        if (atomic == null || !atomic.names().contains(name)) {
            find(name).persistenceUnit(unit);
            return;
        }
        JdbcResource database = resources.get(name);
        if (database == null) {
            throw new DtxException(
                    null,
                    "DTX-1028 persistence unit \"" + unit + "\" needs a resource that is a data source; \"" + name
                            + "\" is none.",
                    null);
        }
        database.persistenceUnit(unit);
        units.put(name, new AtomicUnit(unit, database, atomic.work()));
    }

    /** Makes the persistence units of XA resources, which have been started. */
    void openUnits() {
        units.values().forEach(AtomicUnit::open);
    }

    /** Closes them, before their resources. A second call does nothing. */
    void closeUnits() {
        units.values().forEach(AtomicUnit::close);
    }

    JdbcResource find(String name) {
        JdbcResource resource = resources.get(name);
        if (resource == null) {
            throw new DtxException(
                    null,
                    "DTX-1017 there is no resource \"" + name + "\"; registered: " + registered() + ". Add .resource(\""
                            + name + "\", dataSource) to the builder.",
                    null);
        }
        return resource;
    }

    /** Returns what guards commits in one phase, by name, once the resources are started. */
    Map<String, OnePhaseGuard> onePhaseGuards() {
        Map<String, OnePhaseGuard> guards = new HashMap<>();
        for (JdbcResource each : resources.values()) {
            OnePhaseGuard guard = each.onePhaseGuard();
            if (guard != null) {
                guards.put(each.name(), guard);
            }
        }
        return guards;
    }

    /** Throws if two resources are one database, whose rows would be each other's. */
    void refuseSameDatabase() {
        Map<String, String> names = new HashMap<>();
        for (JdbcResource each : resources.values()) {
            String other = names.putIfAbsent(each.databaseId(), each.name());
            if (other != null) {
                throw sameDatabase(other, each.name());
            }
        }
    }

    /** Returns what is said of two names of one database, of which guard rows know only one. */
    static DtxException sameDatabase(String one, String other) {
        return new DtxException(
                null,
                "DTX-3007 resources \"" + one + "\" and \"" + other + "\" are the same database:"
                        + " register it once, and use it under one name. One that is registered with"
                        + " .xaResource(name, xaDataSource) serves saga steps and ATOMIC transactions alike.",
                null);
    }

    /** Returns the transaction manager, null if there is no XA resource: its classes are loaded only when there is one. */
    @Nullable
    TwoPhaseCommit twoPhaseCommit() {
        return twoPhaseCommit;
    }

    private Set<String> registered() {
        Set<String> names = new LinkedHashSet<>(resources.keySet());
        names.addAll(xaNames());
        return names;
    }

    private Set<String> xaNames() {
        TwoPhaseCommit atomic = twoPhaseCommit;
        return atomic == null ? Set.of() : atomic.names();
    }

    @Override
    public void close() {
        closeUnits();
        TwoPhaseCommit atomic = twoPhaseCommit;
        if (atomic != null) {
            atomic.close();
        }
        resources.values().forEach(JdbcResource::close);
    }

    void add(JdbcResource resource) {
        refuseTaken(resource.name());
        resources.put(resource.name(), resource);
    }

    void add(String name, XADataSource source) {
        refuseTaken(name);
        TwoPhaseCommit.Database database = atomic().add(name, source);
        resources.put(name, JdbcResource.of(name, database));
    }

    void add(String name, XaSource source) {
        refuseTaken(name);
        atomic().add(name, source);
    }

    void add(String name, DtxParticipant<?> participant) {
        refuseTaken(name);
        atomic().add(name, participant);
    }

    private TwoPhaseCommit atomic() {
        TwoPhaseCommit present = twoPhaseCommit;
        if (present == null) {
            try {
                present = NarayanaCommit.create();
            } catch (NoClassDefFoundError e) {
                throw new DtxException(
                        null,
                        "DTX-3500 an XA resource is registered, and Narayana or Agroal is not on the class path: add the"
                                + " dependency io.dtx:dtx-atomic, of type pom.",
                        e);
            }
            twoPhaseCommit = present;
        }
        return present;
    }

    private void refuseTaken(String name) {
        if (resources.containsKey(name) || xaNames().contains(name)) {
            throw new DtxException(
                    null, "DTX-1019 resource \"" + name + "\" is registered twice: names must differ.", null);
        }
    }
}
