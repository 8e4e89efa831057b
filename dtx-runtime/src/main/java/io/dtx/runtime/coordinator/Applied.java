package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import io.dtx.runtime.protocol.Reply;
import java.util.List;
import java.util.Set;

/**
 * What an entry did.
 *
 * @param replies for each batch, for each of its commands, in order
 * @param changed the transactions whose status or pending action is another one now
 * @param departed the final transactions that left the state
 */
record Applied(List<List<Reply>> replies, Set<TransactionId> changed, List<Departed> departed) {}
