package beans;

import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import jakarta.annotation.Priority;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import javax.annotation.processing.Generated;

/**
 * {@code OrderBean} with its calls woven.
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
        of = OrderBean.class,
        participant = OrderBean_DtxParticipant.class
)
@Named("orderBean")
@Fast(
        grade = 3
)
@ApplicationScoped
@Alternative
@Priority(5)
@Checked({
        "a",
        "b"
})
@RolesAllowed("boss")
public class OrderBean_DtxBean extends OrderBean implements ParticipantBean {
    private StepGateway dtxGateway;

    OrderBean_DtxBean() {
        super();
    }

    @Inject
    OrderBean_DtxBean(@Named("x") String injected) {
        super(injected);
    }

    @Override
    @Inject
    public void dtxBind(StepGateway gateway) {
        this.dtxGateway = gateway;
    }

    private StepGateway dtxGateway() {
        if (dtxGateway == null) {
            throw new IllegalStateException("DTX-2035 OrderBean was called before it knew its gateway: do not call its steps and transactions from its constructor, and make it with Dtx.create, Dtx.register or by injection.");
        }
        return dtxGateway;
    }

    @Override
    @Checked("method")
    @RolesAllowed({
            "one",
            "two"
    })
    public String place(String order) {
        return dtxGateway().transaction(OrderBean_DtxParticipant.PLACE,
                        () -> super.place(order));
    }

    @Override
    void on(@Observes @Fast(grade = 2) String event, @Named("y") String other) {
        dtxGateway().step(OrderBean_DtxParticipant.ON,
                        out -> {},
                        () -> {
                            super.on(event, other);
                            return null;
                        });
    }
}
