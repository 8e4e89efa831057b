/**
 * The replicated log: consensus by SOFAJRaft, which only this package sees, over our own store (the directory of
 * {@link io.dtx.runtime.log.file.RecordStore}) and our own transport. Start at {@link io.dtx.runtime.log.raft.RaftLog}; what
 * consensus calls is in {@code EntryLog} (records), {@code Ballots} (votes), {@code SnapshotDirectory} (snapshots) and {@code
 * Applier} (committed entries); what travels between members goes through {@code MemberRpcClient} and {@code Dispatcher}.
 */
@NullMarked
package io.dtx.runtime.log.raft;

import org.jspecify.annotations.NullMarked;
