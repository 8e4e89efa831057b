package io.dtx.runtime;

import io.dtx.DtxException;
import io.dtx.runtime.participant.GuardedResource;
import io.dtx.runtime.participant.Participants;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** What the application has registered: resources and participants, by name. */
final class Registry implements AutoCloseable {

    private final Map<String, GuardedResource> resources = new LinkedHashMap<>();
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
        names.addAll(participants.stepNames());
        names.sort(null);
        return names;
    }

    <T> T resource(String name, Class<T> type) {
        GuardedResource resource = resources.get(name);
        if (resource == null) {
            throw new DtxException(
                    null,
                    "DTX-1017 there is no resource \"" + name + "\"; registered: " + resources.keySet()
                            + ". Add .resource(\"" + name + "\", dataSource) to the builder.",
                    null);
        }
        if (type != DataSource.class) {
            throw new DtxException(
                    null,
                    "DTX-1018 resource \"" + name + "\" is a " + DataSource.class.getName() + ", not a "
                            + type.getName(),
                    null);
        }
        return type.cast(resource.dataSource());
    }

    @Override
    public void close() {
        resources.values().forEach(GuardedResource::close);
    }

    void add(GuardedResource resource) {
        if (resources.putIfAbsent(resource.name(), resource) != null) {
            throw new DtxException(
                    null,
                    "DTX-1019 resource \"" + resource.name() + "\" is registered twice: names must differ.",
                    null);
        }
    }
}
