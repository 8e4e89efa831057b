package codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dtx.processor.Exercise;
import io.dtx.processor.RecordingGateway;
import java.util.List;

public final class TillExercise implements Exercise {

    @Override
    public void run(RecordingGateway gateway) throws Throwable {
        Till till = gateway.bind(new Till_DtxBean());
        till.take(new Till.Bill(new Money(3), List.of(new Money(1), new Money(2)), -1), null, 16, null);
        gateway.compensateAll(till);
        assertEquals("3 2 -1 null 16 null 255", till.undone);
    }
}
