package base;

import io.dtx.SagaStep;
import shop.Trace;

/** Heirs in other packages see its methods, and not the class. */
abstract class Hidden {
    @SagaStep(compensate = "shut")
    public void unlock(String by) {
        Trace.line("unlock " + by);
    }

    public void shut(String by) {
        Trace.line("undo unlock " + by);
    }
}
