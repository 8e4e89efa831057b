package inherited.base;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import io.dtx.StepContext;
import io.dtx.StepResult;
import io.dtx.StepRetry;
import java.util.ArrayList;
import java.util.List;

@DistributedTransaction(timeout = "5s")
public abstract class Ledger {

    public final List<String> done = new ArrayList<>();

    @SagaStep(compensate = "cancel", resource = "ledger", retry = @StepRetry(maxAttempts = 2))
    protected int book(String account, int amount) {
        done.add("book " + account + " " + amount);
        return amount * 2;
    }

    protected int book(CharSequence account, String note) {
        return account.length() + note.length();
    }

    protected void cancel(String account, @StepResult int entry, StepContext context) throws Exception {
        done.add("cancel " + account + " " + entry);
    }

    @SagaStep(compensate = "openAgain", resource = "ledger")
    public void close(String account) {
        done.add("close " + account);
    }

    public void openAgain(String account) {
        done.add("open " + account);
    }

    public void transfer(String from, String to) {
        book(from, -1);
        book(to, 1);
    }

    @Override
    public String toString() {
        return "ledger";
    }
}
