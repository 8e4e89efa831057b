package io.dtx.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A store, or the way to a service, that takes part in ATOMIC transactions and speaks no XA: a ledger in a file, a service with
 * reservations. Its branches are prepared, decided and ended together with those of databases. Registered with
 * {@code Dtx.builder().participant(name, participant)}; business code works with {@code dtx.resource(name, type)}, where the type
 * is an interface of the {@linkplain Work#handle() handles}.
 *
 * <p>What dtx does with a branch:
 *
 * <pre>
 *   begin ─► (business code calls the handle) ─► prepare ─► decision in the log ─► commit
 *                                 └──────────────────┴─► abort          after a crash: inDoubt ─► commit or abort, by anybody
 * </pre>
 *
 * <p>What a participant owes, and dtx builds on:
 *
 * <ul>
 *   <li><b>Prepared is durable.</b> When {@link Work#prepare} has returned, the branch and its data are on disk, and {@link #commit}
 *       can succeed whatever happens: nothing that could refuse it is checked later. Nobody else sees an effect yet.
 *   <li><b>In doubt is listed.</b> {@link #inDoubt} lists every branch that was prepared and has not ended, whichever process
 *       prepared it. That is how a survivor finds it: the log holds decisions only, and what is listed and was not decided by a
 *       process that is gone is aborted (presumed abort). What is not listed has ended <em>durably</em>: dtx forgets its decision then.
 *       A process that finds the end of a branch written by one that was killed forces it before it leaves the branch out.
 *   <li><b>Ends are repeatable.</b> To commit or abort a branch that has ended, or was never heard of, does nothing. A process that
 *       was paused may do so late, when another has ended its branch; and several may try at the same time. Whether it is a commit
 *       or an abort is the log's decision, so no two ever ask for different ends.
 *   <li><b>Late branches are only in doubt.</b> A process that was paused, or a message that was delayed, may prepare a branch
 *       when its transaction was aborted long ago. A participant may refuse it if it knows that the branch's session has ended;
 *       else it is listed, and aborted with the next look ({@code dtx.xa.recovery.interval}).
 *   <li><b>One name, one store.</b> In every process of the log the same name leads to the same branches. A store that only one
 *       machine can reach carries a name of its own, such as {@code ledger-east}; a decision waits for a process that has it. A
 *       participant that tells its {@link #storeId} is protected from mistakes in that.
 * </ul>
 *
 * <p>Thread-safe: several transactions, and the look at what is in doubt, use it at the same time.
 *
 * @param <P> what a branch needs to be committed or aborted; the participant keeps it with the prepared branch, dtx does not
 */
public interface DtxParticipant<P> {

    /**
     * Begins the part of a transaction: business code calls the participant for the first time in it.
     *
     * @throws Exception if it cannot take part; the transaction can only roll back then
     */
    Work<P> begin(BranchId branch) throws Exception;

    /**
     * Lets a prepared branch take effect. The transaction is decided to commit.
     *
     * @param prepared what {@link Work#prepare} has returned, or {@link #inDoubt} has listed
     * @throws Exception if it has not ended, or that is not known: it is tried again until it has, here or by another process
     */
    void commit(BranchId branch, P prepared) throws Exception;

    /**
     * Lets nothing of a branch take effect, now or later.
     *
     * @param prepared as for {@link #commit}; null if {@link Work#prepare} was not called, or threw: there may be a trace all the same
     * @throws Exception as for {@link #commit}
     */
    void abort(BranchId branch, @Nullable P prepared) throws Exception;

    /**
     * Returns every branch that is prepared and has not ended, whichever process prepared it, also before this one was started.
     *
     * @throws Exception if that cannot be said now; then nothing is concluded
     */
    Map<BranchId, P> inDoubt() throws Exception;

    /**
     * Returns what tells this store from every other one, such as random bits in its file: the same in each process that leads to it,
     * at most 200 characters. Kept with each decision to commit, so that no process with another store under the same name
     * concludes that nothing is in doubt any more. Asked once at each start.
     *
     * @return empty: it tells none, and its name has to lead to the same store in every process
     * @throws Exception if the store does not answer
     */
    default String storeId() throws Exception {
        return "";
    }

    /**
     * What one transaction does with a participant. Used by one thread at a time; it is prepared by another one than that which
     * worked, if branches are prepared at the same time.
     *
     * @param <P> as for the participant
     */
    interface Work<P> {

        /** Returns what business code works with until the transaction ends. */
        Object handle();

        /**
         * Makes the work durable, without effect yet.
         *
         * @return what {@link #commit} and {@link #abort} will need; null: there was no work, and neither of them is called
         * @throws Exception if the branch cannot be committed: the transaction rolls back
         */
        @Nullable
        P prepare() throws Exception;
    }
}
