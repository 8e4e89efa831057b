/**
 * Two-phase commit through Narayana: its decisions go to the coordinator log, every branch is guarded against what a resource
 * manager answers to a late commit, and what dead sessions left in doubt is ended. The only package that sees
 * {@code com.arjuna}, {@code javax.transaction.xa} and Agroal; loaded only when an XA resource is registered. Start at
 * {@link io.dtx.runtime.participant.xa.NarayanaCommit}, then read {@link io.dtx.runtime.participant.xa.GuardedXaResource}.
 */
@NullMarked
package io.dtx.runtime.participant.xa;

import org.jspecify.annotations.NullMarked;
