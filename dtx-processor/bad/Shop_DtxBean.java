package bad;

import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import jakarta.inject.Inject;
import javax.annotation.processing.Generated;
import org.eclipse.microprofile.faulttolerance.Retry;

/**
 * {@code Shop} with its calls woven.
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
        of = Shop.class,
        participant = Shop_DtxParticipant.class
)
class Shop_DtxBean extends Shop implements ParticipantBean {
    private StepGateway dtxGateway;

    Shop_DtxBean() {
        super();
    }

    @Override
    @Inject
    public void dtxBind(StepGateway gateway) {
        this.dtxGateway = gateway;
    }

    private StepGateway dtxGateway() {
        if (dtxGateway == null) {
            throw new IllegalStateException("DTX-2035 Shop was called before it knew its gateway: do not call its steps and transactions from its constructor, and make it with Dtx.create, Dtx.register or by injection.");
        }
        return dtxGateway;
    }

    @Override
    void b() {
        dtxGateway().transaction(Shop_DtxParticipant.B,
                        () -> {
                            super.b();
                            return null;
                        });
    }

    @Override
    @Retry
    void a() {
        dtxGateway().step(Shop_DtxParticipant.A,
                        out -> {},
                        () -> {
                            super.a();
                            return null;
                        });
    }
}
