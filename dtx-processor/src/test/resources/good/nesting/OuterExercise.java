package nesting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dtx.processor.Exercise;
import io.dtx.processor.RecordingGateway;
import java.util.List;

public final class OuterExercise implements Exercise {

    @Override
    public void run(RecordingGateway gateway) throws Throwable {
        Outer.Middle.Inner inner = gateway.bind(new Outer_Middle_Inner_DtxBean());
        assertEquals(Outer.Kind.HEAVY, inner.step(Outer.Kind.HEAVY));
        gateway.compensateAll(inner);
        assertEquals(100, inner.undone);
        assertEquals(3, gateway.bind(new Outer_Port_Adapter_DtxBean()).run(1, 2, 3));
        assertEquals(List.of("Outer.Middle.Inner.step", "Outer.Port.Adapter.run"), gateway.entered());
        assertEquals("nesting.Outer$Middle$Inner", RecordingGateway.participant(inner).className());
    }
}
