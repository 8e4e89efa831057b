package secrets;

import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.Generated;

/**
 * {@code Cashier} with its calls woven.
 */
@Generated("io.dtx.processor.DtxProcessor")
@SuppressWarnings({
        "all",
        "NullAway",
        "cast",
        "deprecation",
        "exports",
        "overloads",
        "rawtypes",
        "removal",
        "serial",
        "this-escape",
        "unchecked",
        "varargs"
})
@GeneratedParticipant(
        of = Cashier.class,
        participant = Cashier_DtxParticipant.class
)
class Cashier_DtxBean extends Cashier implements ParticipantBean {
    private StepGateway dtxGateway;

    Cashier_DtxBean() {
        super();
    }

    @Override
    @Inject
    public void dtxBind(StepGateway gateway) {
        this.dtxGateway = gateway;
    }

    private StepGateway dtxGateway() {
        if (dtxGateway == null) {
            throw new IllegalStateException("DTX-2035 Cashier was called before it knew its gateway: do not call its steps and transactions from its constructor, and make it with Dtx.create, Dtx.register or by injection.");
        }
        return dtxGateway;
    }

    @Override
    void pay(String customer, String number) {
        dtxGateway().transaction(Cashier_DtxParticipant.PAY,
                        () -> {
                            super.pay(customer, number);
                            return null;
                        });
    }

    @Override
    void payAll(Map<String, ? extends List<Card>> cards) {
        dtxGateway().transaction(Cashier_DtxParticipant.PAY_ALL,
                        () -> {
                            super.payAll(cards);
                            return null;
                        });
    }

    @Override
    void count(Card.Wallet<String> names) {
        dtxGateway().transaction(Cashier_DtxParticipant.COUNT,
                        () -> {
                            super.count(names);
                            return null;
                        });
    }

    @Override
    void check(String number) {
        dtxGateway().step(Cashier_DtxParticipant.CHECK,
                        out -> {},
                        () -> {
                            super.check(number);
                            return null;
                        });
    }

    @Override
    void chargeAll(Card.Wallet<Card.Plastic[]> wallet) {
        dtxGateway().step(Cashier_DtxParticipant.CHARGE_ALL,
                        out -> {},
                        () -> {
                            super.chargeAll(wallet);
                            return null;
                        });
    }

    @Override
    String token(String customer) {
        return dtxGateway().step(Cashier_DtxParticipant.TOKEN,
                        out -> Cashier_DtxParticipant.recordToken(out, customer),
                        () -> super.token(customer));
    }

    @Override
    Card.Plastic find(String customer) {
        return dtxGateway().step(Cashier_DtxParticipant.FIND,
                        out -> {},
                        () -> super.find(customer));
    }

    @Override
    public void enter(String customer, Integer pin) {
        dtxGateway().step(Cashier_DtxParticipant.ENTER,
                        out -> {},
                        () -> {
                            super.enter(customer, pin);
                            return null;
                        });
    }

    @Override
    Card.Voucher thank(String customer, Card.Wallet<Card.Voucher> vouchers) {
        return dtxGateway().step(Cashier_DtxParticipant.THANK,
                        out -> {},
                        () -> super.thank(customer, vouchers));
    }
}
