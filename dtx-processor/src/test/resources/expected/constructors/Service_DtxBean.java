package constructors;

import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
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

    protected Service_DtxBean(String first, int... rest) throws IOException {
        super(first, rest);
    }

    public <T extends Comparable<T>> Service_DtxBean(List<? super T> values, T value) {
        super(values, value);
    }

    Service_DtxBean(Runnable unused) {
        super(unused);
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
    long look(int value) {
        return dtxGateway().step(Service_DtxParticipant.LOOK,
                        out -> {},
                        () -> super.look(value));
    }
}
