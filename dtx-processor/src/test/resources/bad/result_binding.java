package bad;

import io.dtx.*;

class Shop {
    @SagaStep(compensate = "undoNothing")
    void nothing() {}

    void undoNothing(
            @StepResult String result) {} //! P027

    @SagaStep(compensate = "undoLocal", resource = "r")
    long local() {
        return 1;
    }

    void undoLocal(
            @StepResult int result) {} //! P028

    @SagaStep(compensate = "undoExternal")
    long external() {
        return 1;
    }

    void undoExternal(
            @StepResult long result) {} //! P029

    void nobody(
            @StepResult long result) {} //! P033
}
