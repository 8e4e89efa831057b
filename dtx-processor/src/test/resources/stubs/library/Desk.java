package library;

import io.dtx.SagaStep;

/** Compiled for bytecode, and woven when it is loaded. */
public class Desk {
    public static class Drawer {
        @SagaStep(compensate = SagaStep.NONE)
        public int write(int amount) {
            return amount;
        }
    }
}
