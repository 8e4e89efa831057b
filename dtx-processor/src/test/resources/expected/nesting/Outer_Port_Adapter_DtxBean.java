package nesting;

import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import jakarta.inject.Inject;
import javax.annotation.processing.Generated;

/**
 * {@code Outer.Port.Adapter} with its calls woven.
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
        of = Outer.Port.Adapter.class,
        participant = Outer_Port_Adapter_DtxParticipant.class
)
public class Outer_Port_Adapter_DtxBean extends Outer.Port.Adapter implements ParticipantBean {
    private StepGateway dtxGateway;

    public Outer_Port_Adapter_DtxBean() {
        super();
    }

    @Override
    @Inject
    public void dtxBind(StepGateway gateway) {
        this.dtxGateway = gateway;
    }

    private StepGateway dtxGateway() {
        if (dtxGateway == null) {
            throw new IllegalStateException("DTX-2035 Outer.Port.Adapter was called before it knew its gateway: do not call its steps and transactions from its constructor, and make it with Dtx.create, Dtx.register or by injection.");
        }
        return dtxGateway;
    }

    @Override
    protected int run(int... values) {
        return dtxGateway().transaction(Outer_Port_Adapter_DtxParticipant.RUN,
                        () -> super.run(values));
    }
}
