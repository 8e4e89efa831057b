package io.dtx.runtime.participant;

/**
 * Who uses a resource.
 *
 * @param cluster the coordinator log
 * @param application {@code dtx.application}
 * @param node the process's name, stable over its restarts
 * @param createTables {@code dtx.guard.ddl=create}; false: they must be there
 */
public record ResourceOwner(long cluster, String application, String node, boolean createTables) {}
