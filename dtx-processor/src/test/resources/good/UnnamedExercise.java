import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dtx.processor.Exercise;
import io.dtx.processor.RecordingGateway;

public final class UnnamedExercise implements Exercise {

    @Override
    public void run(RecordingGateway gateway) throws Throwable {
        Unnamed service = gateway.bind(new Unnamed_DtxBean());
        service.add("apple");
        gateway.compensateAll(service);
        assertEquals("apple", service.undone);
    }
}
