package inherited;

import io.dtx.StepContext;
import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import jakarta.inject.Inject;
import javax.annotation.processing.Generated;

/**
 * {@code Journal} with its calls woven.
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
        of = Journal.class,
        participant = Journal_DtxParticipant.class
)
class Journal_DtxBean extends Journal implements ParticipantBean {
    private StepGateway dtxGateway;

    Journal_DtxBean() {
        super();
    }

    @Override
    @Inject
    public void dtxBind(StepGateway gateway) {
        this.dtxGateway = gateway;
    }

    private StepGateway dtxGateway() {
        if (dtxGateway == null) {
            throw new IllegalStateException("DTX-2035 Journal was called before it knew its gateway: do not call its steps and transactions from its constructor, and make it with Dtx.create, Dtx.register or by injection.");
        }
        return dtxGateway;
    }

    @Override
    public void openAgain(String account) {
        dtxGateway().transaction(Journal_DtxParticipant.OPEN_AGAIN,
                        () -> {
                            super.openAgain(account);
                            return null;
                        });
    }

    @Override
    public void transfer(String from, String to) {
        dtxGateway().transaction(Journal_DtxParticipant.TRANSFER,
                        () -> {
                            super.transfer(from, to);
                            return null;
                        });
    }

    @Override
    protected int book(String account, int amount) {
        return dtxGateway().step(Journal_DtxParticipant.BOOK,
                        out -> Journal_DtxParticipant.recordBook(out, account),
                        () -> super.book(account, amount));
    }

    @Override
    public void close(String account) {
        dtxGateway().step(Journal_DtxParticipant.CLOSE,
                        out -> Journal_DtxParticipant.recordClose(out, account),
                        () -> {
                            super.close(account);
                            return null;
                        });
    }

    @Override
    protected void cancel(String account, int entry, StepContext context) throws Exception {
        super.cancel(account, entry, context);
    }
}
