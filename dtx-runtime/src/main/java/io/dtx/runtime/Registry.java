package io.dtx.runtime;

import io.dtx.DtxException;
import io.dtx.runtime.coordinator.Hosting;
import io.dtx.runtime.participant.GuardedResource;
import io.dtx.runtime.participant.Participants;
import io.dtx.runtime.participant.guard.JdbcResource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the application has registered: resources and participants, by name. */
final class Registry implements AutoCloseable {

    private final Map<String, JdbcResource> resources = new LinkedHashMap<>();
    private final Participants participants = new Participants();

    Participants participants() {
        return participants;
    }

    Map<String, GuardedResource> resources() {
        return Collections.unmodifiableMap(resources);
    }

    /** Returns everything that this process can do for others, by name. */
    List<String> hosted() {
        List<String> names = new ArrayList<>(resources.keySet());
        resources.forEach((name, resource) -> names.add(Hosting.database(name, resource.databaseId())));
        names.addAll(participants.stepNames());
        names.sort(null);
        return names;
    }

    <T> T resource(String name, Class<T> type) {
        T found = find(name).as(type);
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

    JdbcResource find(String name) {
        JdbcResource resource = resources.get(name);
        if (resource == null) {
            throw new DtxException(
                    null,
                    "DTX-1017 there is no resource \"" + name + "\"; registered: " + resources.keySet()
                            + ". Add .resource(\"" + name + "\", dataSource) to the builder.",
                    null);
        }
        return resource;
    }

    @Override
    public void close() {
        resources.values().forEach(JdbcResource::close);
    }

    void add(JdbcResource resource) {
        if (resources.putIfAbsent(resource.name(), resource) != null) {
            throw new DtxException(
                    null,
                    "DTX-1019 resource \"" + resource.name() + "\" is registered twice: names must differ.",
                    null);
        }
    }
}
