package constructors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.processor.Exercise;
import io.dtx.processor.RecordingGateway;
import java.io.IOException;
import java.util.List;

public final class ServiceExercise implements Exercise {

    @Override
    public void run(RecordingGateway gateway) throws Throwable {
        assertEquals("nothing", new Service_DtxBean().made);
        assertEquals("a2", new Service_DtxBean("a", 1, 2).made);
        assertEquals("[1] 2", new Service_DtxBean(List.of(1), 2).made);
        assertThrows(IOException.class, () -> new Service_DtxBean(""));
        assertEquals(Thread.currentThread().getName(), Service.hidden().made);
        assertEquals(4, Service_DtxBean.class.getDeclaredConstructors().length, "all but the private one");
        IllegalStateException early = assertThrows(IllegalStateException.class, () -> new Service_DtxBean((Runnable) null));
        assertEquals("DTX-2035 Service", early.getMessage().substring(0, 16));
    }
}
