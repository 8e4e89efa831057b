// -Adtx.weave=none
import io.dtx.SagaStep;

class Heir extends library.Till {} //! P078

abstract class Middle extends library.Till {}

class LaterHeir extends Middle {} //! P078

class Overriding extends library.Till {
    @Override
    @SagaStep(compensate = SagaStep.NONE)
    public int write(int amount) {
        return -amount;
    }
}

class OfOneThatAnAgentWeaves extends library.Desk.Drawer {} //! P078
