package bad;

import io.dtx.*;
import jakarta.transaction.Transactional;

class Bank {
    @DistributedTransaction(
            mode = TransactionMode.ATOMIC,
            recovery = Recovery.FORWARD) //! P086
    void forward() {}

    @DistributedTransaction(mode = TransactionMode.ATOMIC)
    @Transactional(Transactional.TxType.REQUIRES_NEW) //! P053
    void another() {}

    @DistributedTransaction(mode = TransactionMode.ATOMIC)
    @Transactional(Transactional.TxType.NOT_SUPPORTED) //! P053
    void none() {}

    @DistributedTransaction(mode = TransactionMode.ATOMIC)
    @SagaStep(compensate = SagaStep.NONE)
    void both() {} //! P049

    @DistributedTransaction(mode = TransactionMode.ATOMIC)
    @Transactional
    void fine() {}
}

@Transactional(Transactional.TxType.REQUIRES_NEW) //! P053
class Covered {
    @DistributedTransaction(mode = TransactionMode.ATOMIC)
    void a() {}
}

@DistributedTransaction(
        mode = TransactionMode.ATOMIC,
        recovery = Recovery.FORWARD) //! P086
class Whole {
    public void a() {}

    @Transactional(Transactional.TxType.MANDATORY)
    public void fine() {}
}

@Transactional
class Ordinary {
    @DistributedTransaction(mode = TransactionMode.ATOMIC)
    public void fine() {}

    public void alsoFine() {}

    @SagaStep(compensate = SagaStep.NONE)
    @Transactional(Transactional.TxType.MANDATORY) //! P048
    public void step() {}
}
