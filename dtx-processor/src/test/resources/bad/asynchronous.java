package bad;

import io.dtx.*;
import jakarta.transaction.Transactional;
import java.util.concurrent.*;
import org.eclipse.microprofile.faulttolerance.Asynchronous;

class Shop {
    @DistributedTransaction
    CompletableFuture<String> later() { //! P046
        return null;
    }

    @SagaStep(compensate = SagaStep.NONE)
    Flow.Publisher<String> stream() { //! P046
        return null;
    }

    @SagaStep(compensate = SagaStep.NONE)
    @Asynchronous //! P047
    public void elsewhere() {}

    @SagaStep(compensate = SagaStep.NONE)
    @Transactional //! P048
    public void jta() {}

    @DistributedTransaction
    @Transactional(Transactional.TxType.REQUIRES_NEW) //! P048
    public void jtaToo() {}

    @SagaStep(compensate = "undo")
    public void undone() {}

    @Transactional(Transactional.TxType.MANDATORY) //! P048
    public void undo() {}

    @DistributedTransaction
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    public void fine() {}
}

@Transactional //! P048
class Covered {
    @DistributedTransaction
    public void a() {}
}
