package secrets;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import io.dtx.Sensitive;
import io.dtx.StepResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class Cashier implements Terminal<Integer> {

    @DistributedTransaction
    void pay(String customer, @Sensitive String number) {}

    @DistributedTransaction
    void payAll(Map<String, ? extends List<Card>> cards) {}

    @DistributedTransaction
    void count(Card.Wallet<String> names) {}

    @SagaStep(compensate = SagaStep.NONE)
    void check(@Sensitive String number) {}

    @SagaStep(compensate = "unchargeAll")
    void chargeAll(Card.Wallet<Card.Plastic[]> wallet) {}

    void unchargeAll() {}

    @SagaStep(compensate = "forget")
    String token(String customer) {
        return "token of " + customer;
    }

    void forget(String customer, @StepResult @Sensitive Optional<String> token) {}

    @SagaStep(compensate = SagaStep.NONE)
    Card.Plastic find(String customer) {
        return new Card.Plastic(customer, 2030);
    }

    @Override
    @SagaStep(compensate = SagaStep.NONE)
    public void enter(String customer, Integer pin) {}

    @SagaStep(compensate = SagaStep.NONE)
    Card.Voucher thank(String customer, Card.Wallet<Card.Voucher> vouchers) {
        return new Card.Voucher(customer);
    }
}
