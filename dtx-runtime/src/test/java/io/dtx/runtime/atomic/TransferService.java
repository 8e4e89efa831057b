package io.dtx.runtime.atomic;

import io.dtx.DistributedTransaction;
import io.dtx.Propagation;
import io.dtx.SagaStep;
import io.dtx.TransactionContext;
import io.dtx.TransactionMode;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Moves money between two databases, as an application does it: annotated, and woven by the generated subclass. */
class TransferService {

    /** Is said after the work is done, and does not call it off. */
    static final class Notice extends Exception {}

    private final DataSource east;
    private final DataSource west;
    private final List<String> mails = new ArrayList<>();

    TransferService(DataSource east, DataSource west) {
        this.east = east;
        this.west = west;
    }

    @DistributedTransaction(mode = TransactionMode.ATOMIC, dontRollbackOn = Notice.class)
    public TransactionMode transfer(long amount, @Nullable Exception ending) throws Exception {
        withdraw(amount);
        Bank.add(west, amount);
        if (ending != null) {
            throw ending;
        }
        return TransactionContext.current().mode();
    }

    @DistributedTransaction(mode = TransactionMode.ATOMIC, propagation = Propagation.MANDATORY)
    void withdraw(long amount) throws Exception {
        Bank.add(east, -amount);
    }

    @DistributedTransaction(mode = TransactionMode.ATOMIC, timeout = "10s")
    public void transferAndMail(long amount) throws Exception {
        transfer(amount, null);
        mail("moved " + amount);
    }

    @DistributedTransaction
    public void transferInSaga(long amount) throws Exception {
        mail("will move " + amount);
        transfer(amount, null);
    }

    @DistributedTransaction(mode = TransactionMode.ATOMIC)
    public void transferDespiteSaga(long amount) throws Exception {
        Bank.add(east, -amount);
        report();
    }

    @DistributedTransaction
    public void report() {
        mail("report");
    }

    @SagaStep(compensate = "unmail")
    void mail(String text) {
        mails.add(text);
    }

    void unmail(String text) {
        mails.remove(text);
    }

    List<String> mails() {
        return mails;
    }
}
