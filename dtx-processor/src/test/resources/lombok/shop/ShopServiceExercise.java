package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dtx.processor.Exercise;
import io.dtx.processor.RecordingGateway;

public final class ShopServiceExercise implements Exercise {

    @Override
    public void run(RecordingGateway gateway) throws Throwable {
        ShopService service = gateway.bind(new ShopService_DtxBean("shop", 3));
        service.place("apple");
        gateway.compensateAll(service);
        assertEquals("shop3apple", service.getUndone());
    }
}
