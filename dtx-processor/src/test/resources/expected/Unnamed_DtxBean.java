import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import jakarta.inject.Inject;
import javax.annotation.processing.Generated;

/**
 * {@code Unnamed} with its calls woven.
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
        of = Unnamed.class,
        participant = Unnamed_DtxParticipant.class
)
class Unnamed_DtxBean extends Unnamed implements ParticipantBean {
    private StepGateway dtxGateway;

    Unnamed_DtxBean() {
        super();
    }

    @Override
    @Inject
    public void dtxBind(StepGateway gateway) {
        this.dtxGateway = gateway;
    }

    private StepGateway dtxGateway() {
        if (dtxGateway == null) {
            throw new IllegalStateException("DTX-2035 Unnamed was called before it knew its gateway: do not call its steps and transactions from its constructor, and make it with Dtx.create, Dtx.register or by injection.");
        }
        return dtxGateway;
    }

    @Override
    void add(String sku) {
        dtxGateway().step(Unnamed_DtxParticipant.ADD,
                        out -> Unnamed_DtxParticipant.recordAdd(out, sku),
                        () -> {
                            super.add(sku);
                            return null;
                        });
    }
}
