package beans;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Named;

@Named
@Fast(grade = 3)
@ApplicationScoped
@Alternative
@Priority(5)
@Checked({"a", "b"})
@RolesAllowed("boss")
@DistributedTransaction
@Deprecated
public class OrderBean implements java.io.Serializable {

    private static final long serialVersionUID = 1;

    final String injected;

    OrderBean() {
        this("proxy");
    }

    @Inject
    OrderBean(@Named("x") String injected) {
        this.injected = injected;
    }

    @PostConstruct
    public void start() {}

    @Inject
    public void bind(@Fast(grade = 1) String other) {}

    @Checked("method")
    @RolesAllowed({"one", "two"})
    @Deprecated
    public String place(@Named("not copied") String order) {
        return order;
    }

    @SagaStep(compensate = SagaStep.NONE)
    void on(@Observes @Fast(grade = 2) String event, @Named("y") String other) {}
}
