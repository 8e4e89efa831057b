package names;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dtx.processor.Exercise;
import io.dtx.processor.RecordingGateway;

public final class AwkwardExercise implements Exercise {

    @Override
    public void run(RecordingGateway gateway) throws Throwable {
        Awkward service = gateway.bind(new Awkward_DtxBean());
        Awkward.List list = new Awkward.List("i", 1, 2, new Awkward.Optional("o"), null);
        service.reserve(list, null, 3, "g", "a", (byte) -4);
        gateway.compensateAll(service);
        assertEquals(list + " null 3ga-4ReserveResult[out=OUT]", service.done.get(0));
        service.over(new int[] {5});
        service.over(new long[] {6});
        service.OVER();
        gateway.compensateAll(service);
        assertEquals("two 6", service.done.get(1));
        assertEquals("one 5", service.done.get(2));
        assertEquals("three", gateway.entered().get(3));
    }
}
