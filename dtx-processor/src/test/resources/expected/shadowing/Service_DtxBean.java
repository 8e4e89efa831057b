package shadowing;

import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import jakarta.inject.Inject;
import java.lang.Exception;
import java.lang.IllegalStateException;
import java.lang.Long;
import java.lang.Override;
import java.lang.String;
import java.lang.SuppressWarnings;
import javax.annotation.processing.Generated;

/**
 * {@code Service} with its calls woven.
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
        of = Service.class,
        participant = Service_DtxParticipant.class
)
class Service_DtxBean extends Service implements ParticipantBean {
    private StepGateway dtxGateway;

    Service_DtxBean() {
        super();
    }

    @Override
    @Inject
    public void dtxBind(StepGateway gateway) {
        this.dtxGateway = gateway;
    }

    private StepGateway dtxGateway() {
        if (dtxGateway == null) {
            throw new IllegalStateException("DTX-2035 Service was called before it knew its gateway: do not call its steps and transactions from its constructor, and make it with Dtx.create, Dtx.register or by injection.");
        }
        return dtxGateway;
    }

    @Override
    int place(Service.Order order, Object unrecorded) throws Exception {
        return dtxGateway().transaction(Service_DtxParticipant.PLACE,
                        () -> super.place(order, unrecorded));
    }

    @Override
    int reserve(Service.Order order, Long number, boolean now, String... names) {
        return dtxGateway().step(Service_DtxParticipant.RESERVE,
                        out -> Service_DtxParticipant.recordReserve(out, order, number, now, names),
                        () -> super.reserve(order, number, now, names));
    }
}
