package inherited;

import inherited.base.Ledger;
import io.dtx.SagaStep;

class Journal extends Ledger {

    @Override
    @SagaStep(compensate = "reopen", resource = "ledger", name = "shut")
    public void close(String account) {
        super.close(account);
    }

    int bookIn(String account) {
        return super.book(account, "as many arguments as the step takes");
    }

    void reopen(String account) {
        openAgain(account);
    }
}
