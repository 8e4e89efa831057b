package nesting;

import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import jakarta.inject.Inject;
import javax.annotation.processing.Generated;

/**
 * {@code Outer.Middle.Inner} with its calls woven.
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
        of = Outer.Middle.Inner.class,
        participant = Outer_Middle_Inner_DtxParticipant.class
)
class Outer_Middle_Inner_DtxBean extends Outer.Middle.Inner implements ParticipantBean {
    private StepGateway dtxGateway;

    protected Outer_Middle_Inner_DtxBean() {
        super();
    }

    @Override
    @Inject
    public void dtxBind(StepGateway gateway) {
        this.dtxGateway = gateway;
    }

    private StepGateway dtxGateway() {
        if (dtxGateway == null) {
            throw new IllegalStateException("DTX-2035 Outer.Middle.Inner was called before it knew its gateway: do not call its steps and transactions from its constructor, and make it with Dtx.create, Dtx.register or by injection.");
        }
        return dtxGateway;
    }

    @Override
    Outer.Kind step(Outer.Kind kind) {
        return dtxGateway().step(Outer_Middle_Inner_DtxParticipant.STEP,
                        out -> Outer_Middle_Inner_DtxParticipant.recordStep(out, kind),
                        () -> super.step(kind));
    }
}
