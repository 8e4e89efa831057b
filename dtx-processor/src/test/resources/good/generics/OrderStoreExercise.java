package generics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.processor.Exercise;
import io.dtx.processor.RecordingGateway;
import java.util.List;

public final class OrderStoreExercise implements Exercise {

    @Override
    public void run(RecordingGateway gateway) throws Throwable {
        OrderStore store = gateway.bind(new OrderStore_DtxBean());
        OrderStore.Order order =
                new OrderStore.Order("o1", new OrderStore.Pair<>("a", new OrderStore.Pair<>(1, new int[] {2, 3})));
        assertEquals(7L, store.save(order, List.of(1L, 2L)));
        assertEquals(order, store.publish(order).orElseThrow());
        assertEquals(List.of("OrderStore.save", "OrderStore.publish"), gateway.entered());
        gateway.compensateAll(store);
        assertEquals(List.of("insert o1", "delete o1 3 null", "delete o1 3 7"), store.done);
        assertThrows(Store.StoreException.class, () -> store.save(null, null));
    }
}
