package atomic;

import io.dtx.DistributedTransaction;
import io.dtx.Propagation;
import io.dtx.SagaStep;
import io.dtx.TransactionMode;
import java.util.ArrayList;
import java.util.List;

@DistributedTransaction(mode = TransactionMode.ATOMIC)
class Bank {

    final List<String> done = new ArrayList<>();

    @DistributedTransaction(
            mode = TransactionMode.ATOMIC,
            timeout = "5s",
            dontRollbackOn = IllegalArgumentException.class)
    public long transfer(String from, String to, long amount) {
        debit(from, amount);
        credit(to, amount);
        return amount;
    }

    public void debit(String account, long amount) {
        done.add(account + " -" + amount);
    }

    @DistributedTransaction(mode = TransactionMode.ATOMIC, propagation = Propagation.MANDATORY)
    public void credit(String account, long amount) {
        done.add(account + " +" + amount);
    }

    @DistributedTransaction
    public void report() {
        mail("done");
    }

    @SagaStep(compensate = SagaStep.NONE)
    public void mail(String text) {
        done.add(text);
    }
}
