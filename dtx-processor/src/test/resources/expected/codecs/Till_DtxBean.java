package codecs;

import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import jakarta.inject.Inject;
import javax.annotation.processing.Generated;

/**
 * {@code Till} with its calls woven.
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
        of = Till.class,
        participant = Till_DtxParticipant.class
)
class Till_DtxBean extends Till implements ParticipantBean {
    private StepGateway dtxGateway;

    Till_DtxBean() {
        super();
    }

    @Override
    @Inject
    public void dtxBind(StepGateway gateway) {
        this.dtxGateway = gateway;
    }

    private StepGateway dtxGateway() {
        if (dtxGateway == null) {
            throw new IllegalStateException("DTX-2035 Till was called before it knew its gateway: do not call its steps and transactions from its constructor, and make it with Dtx.create, Dtx.register or by injection.");
        }
        return dtxGateway;
    }

    @Override
    int take(Till.Bill bill, Money tip, int number, Integer none) {
        return dtxGateway().step(Till_DtxParticipant.TAKE,
                        out -> Till_DtxParticipant.recordTake(out, bill, tip, number, none),
                        () -> super.take(bill, tip, number, none));
    }
}
