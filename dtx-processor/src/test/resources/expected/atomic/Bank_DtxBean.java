package atomic;

import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import jakarta.inject.Inject;
import javax.annotation.processing.Generated;

/**
 * {@code Bank} with its calls woven.
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
        of = Bank.class,
        participant = Bank_DtxParticipant.class
)
class Bank_DtxBean extends Bank implements ParticipantBean {
    private StepGateway dtxGateway;

    Bank_DtxBean() {
        super();
    }

    @Override
    @Inject
    public void dtxBind(StepGateway gateway) {
        this.dtxGateway = gateway;
    }

    private StepGateway dtxGateway() {
        if (dtxGateway == null) {
            throw new IllegalStateException("DTX-2035 Bank was called before it knew its gateway: do not call its steps and transactions from its constructor, and make it with Dtx.create, Dtx.register or by injection.");
        }
        return dtxGateway;
    }

    @Override
    public long transfer(String from, String to, long amount) {
        return dtxGateway().transaction(Bank_DtxParticipant.TRANSFER,
                        () -> super.transfer(from, to, amount));
    }

    @Override
    public void debit(String account, long amount) {
        dtxGateway().transaction(Bank_DtxParticipant.DEBIT,
                        () -> {
                            super.debit(account, amount);
                            return null;
                        });
    }

    @Override
    public void credit(String account, long amount) {
        dtxGateway().transaction(Bank_DtxParticipant.CREDIT,
                        () -> {
                            super.credit(account, amount);
                            return null;
                        });
    }

    @Override
    public void report() {
        dtxGateway().transaction(Bank_DtxParticipant.REPORT,
                        () -> {
                            super.report();
                            return null;
                        });
    }

    @Override
    public void mail(String text) {
        dtxGateway().step(Bank_DtxParticipant.MAIL,
                        out -> {},
                        () -> {
                            super.mail(text);
                            return null;
                        });
    }
}
