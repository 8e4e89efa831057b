package beans;

import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import javax.annotation.processing.Generated;

/**
 * {@code NamedByStereotype} with its calls woven.
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
        of = NamedByStereotype.class,
        participant = NamedByStereotype_DtxParticipant.class
)
@Facade
@Level(1)
@Level(2)
@Named("namedByStereotype")
class NamedByStereotype_DtxBean extends NamedByStereotype implements ParticipantBean {
    private StepGateway dtxGateway;

    NamedByStereotype_DtxBean() {
        super();
    }

    @Override
    @Inject
    public void dtxBind(StepGateway gateway) {
        this.dtxGateway = gateway;
    }

    private StepGateway dtxGateway() {
        if (dtxGateway == null) {
            throw new IllegalStateException("DTX-2035 NamedByStereotype was called before it knew its gateway: do not call its steps and transactions from its constructor, and make it with Dtx.create, Dtx.register or by injection.");
        }
        return dtxGateway;
    }

    @Override
    void run() {
        dtxGateway().transaction(NamedByStereotype_DtxParticipant.RUN,
                        () -> {
                            super.run();
                            return null;
                        });
    }
}
