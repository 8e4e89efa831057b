package generics;

import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Generated;

/**
 * {@code OrderStore} with its calls woven.
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
        of = OrderStore.class,
        participant = OrderStore_DtxParticipant.class
)
class OrderStore_DtxBean extends OrderStore implements ParticipantBean {
    private StepGateway dtxGateway;

    OrderStore_DtxBean() {
        super();
    }

    @Override
    @Inject
    public void dtxBind(StepGateway gateway) {
        this.dtxGateway = gateway;
    }

    private StepGateway dtxGateway() {
        if (dtxGateway == null) {
            throw new IllegalStateException("DTX-2035 OrderStore was called before it knew its gateway: do not call its steps and transactions from its constructor, and make it with Dtx.create, Dtx.register or by injection.");
        }
        return dtxGateway;
    }

    @Override
    protected Long save(OrderStore.Order value, List<Long> keys) throws Store.StoreException {
        return dtxGateway().step(OrderStore_DtxParticipant.SAVE,
                        out -> OrderStore_DtxParticipant.recordSave(out, value, keys),
                        () -> super.save(value, keys));
    }

    @Override
    public Optional<OrderStore.Order> publish(OrderStore.Order value) {
        return dtxGateway().step(OrderStore_DtxParticipant.PUBLISH,
                        out -> OrderStore_DtxParticipant.recordPublish(out, value),
                        () -> super.publish(value));
    }
}
