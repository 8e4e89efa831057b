package beans;

import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import jakarta.inject.Inject;
import javax.annotation.processing.Generated;

/**
 * {@code Plain} with its calls woven.
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
        of = Plain.class,
        participant = Plain_DtxParticipant.class
)
class Plain_DtxBean extends Plain implements ParticipantBean {
    private StepGateway dtxGateway;

    Plain_DtxBean() {
        super();
    }

    @Override
    @Inject
    public void dtxBind(StepGateway gateway) {
        this.dtxGateway = gateway;
    }

    private StepGateway dtxGateway() {
        if (dtxGateway == null) {
            throw new IllegalStateException("DTX-2035 Plain was called before it knew its gateway: do not call its steps and transactions from its constructor, and make it with Dtx.create, Dtx.register or by injection.");
        }
        return dtxGateway;
    }

    @Override
    void run() {
        dtxGateway().transaction(Plain_DtxParticipant.RUN,
                        () -> {
                            super.run();
                            return null;
                        });
    }
}
