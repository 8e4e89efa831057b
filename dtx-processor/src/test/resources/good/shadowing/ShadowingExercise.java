package shadowing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dtx.processor.Exercise;
import io.dtx.processor.RecordingGateway;

/** Calls, and compensates. */
public final class ShadowingExercise implements Exercise {

    @java.lang.Override
    public void run(RecordingGateway gateway) throws java.lang.Throwable {
        Service service = gateway.bind(new Service_DtxBean());
        assertEquals(3, service.place(new Service.Order("o", 3), null));
        gateway.compensateAll(service);
        assertEquals(6, service.undone);
    }
}
