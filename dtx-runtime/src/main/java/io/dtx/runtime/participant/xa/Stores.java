package io.dtx.runtime.participant.xa;

import io.dtx.DtxException;
import io.dtx.runtime.participant.OnePhaseGuard;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What this process sees behind the names of its resources: the same name may lead to another store in another process, and only
 * who sees the very store that a decision names may say that nothing is in doubt there. Immutable.
 */
final class Stores {

    /** The id of a store that does not tell its own: its name has to lead to it everywhere. */
    static final String UNKNOWN = "";

    private static final int ID_MAX = 200;

    private final Map<String, String> ids; // by the name of the resource

    Stores(Map<String, String> ids) {
        this.ids = Collections.unmodifiableMap(new TreeMap<>(ids));
    }

    /**
     * Asks every resource. A database has an id in its guard tables, anything else may tell one.
     *
     * @throws DtxException if one does not answer, or two are the same
     */
    static Stores of(Collection<RegisteredResource> resources, Map<String, OnePhaseGuard> guards) {
        Map<String, String> ids = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (RegisteredResource each : resources) {
            OnePhaseGuard guard = guards.get(each.name());
            String id = guard == null ? told(each) : guard.databaseId();
            String other = id.equals(UNKNOWN) ? null : names.putIfAbsent(id, each.name());
            if (other != null) {
                throw new DtxException(
                        null,
                        "DTX-3505 resources \"" + other + "\" and \"" + each.name() + "\" are the same store, " + id
                                + ": register it once, and use it under one name.",
                        null);
            }
            ids.put(each.name(), id);
        }
        return new Stores(ids);
    }

    private static String told(RegisteredResource resource) {
        @Nullable String id; // written by applications
        try {
            id = resource.source().storeId();
        } catch (Exception e) {
            throw Greeting.unanswered(resource, e);
        }
        if (id == null || id.length() > ID_MAX) {
            throw new DtxException(
                    null,
                    "DTX-3563 resource \"" + resource.name() + "\" tells a store id of "
                            + (id == null ? "null" : id.length() + " characters") + ": at most " + ID_MAX
                            + " are kept with each decision, none is \"\".",
                    null);
        }
        return id;
    }

    /** Returns the ids of the stores of these resources. */
    Map<String, String> of(Set<String> resources) {
        if (resources.size() == ids.size() && resources.containsAll(ids.keySet())) {
            return ids; // the usual case, without a copy
        }
        Map<String, String> stores = new TreeMap<>();
        resources.forEach(each -> stores.put(each, id(each)));
        return stores;
    }

    /** Returns the id of a resource's store. */
    String id(String resource) {
        return ids.getOrDefault(resource, UNKNOWN);
    }

    /**
     * Returns the resources of this process that lead to the stores of a decision, by the names that those have there; a store
     * that nobody here sees is left out. No resource counts for two: who is known to be another store is not the unknown one.
     *
     * @param stores the ids of the stores of all that took part, by the names of their resources there
     */
    Map<String, String> resources(Map<String, String> stores) {
        Map<String, String> here = new TreeMap<>();
        stores.forEach((name, id) -> {
            String resource = resource(name, id);
            if (resource != null) {
                here.put(name, resource);
            }
        });
        Set<String> known = stores.entrySet().stream()
                .filter(each -> !each.getValue().equals(UNKNOWN) && here.containsKey(each.getKey()))
                .map(each -> here.get(each.getKey()))
                .collect(Collectors.toSet());
        here.entrySet().removeIf(each -> UNKNOWN.equals(stores.get(each.getKey())) && known.contains(each.getValue()));
        return here;
    }

    /**
     * Returns the resource of this process that leads to a store, whatever it was called where the decision was made; null: none
     * does.
     *
     * @param name the resource's name there
     * @param id the store's; where it is unknown the name is all there is to go by
     */
    @Nullable
    String resource(String name, String id) {
        if (id.equals(UNKNOWN)) {
            return ids.containsKey(name) ? name : null;
        }
        for (Map.Entry<String, String> each : ids.entrySet()) {
            if (each.getValue().equals(id)) {
                return each.getKey();
            }
        }
        return null;
    }
}
