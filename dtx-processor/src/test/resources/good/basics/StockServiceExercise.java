package basics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dtx.processor.Exercise;
import io.dtx.processor.RecordingGateway;
import io.dtx.spi.Participant;
import io.dtx.spi.RetrySchedule;
import io.dtx.spi.StepDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

public final class StockServiceExercise implements Exercise {

    @Override
    public void run(RecordingGateway gateway) throws Throwable {
        StockService service = gateway.bind(new StockService_DtxBean());
        assertEquals(85, service.place("apple", 2));
        assertEquals(
                List.of("StockService.place", "StockService.reserve", "charging", "StockService.ship", "StockService.look"),
                gateway.entered());
        gateway.compensateAll(service);
        assertEquals(
                List.of(
                        "reserve apple 2", "charge ann", "ship a+b",
                        "unship a+b", "refund ann charge-ann charging", "release apple 2 84"),
                service.done);

        service.done.clear();
        service.charge("bob");
        gateway.compensateLastWithoutResult(service);
        service.charge("");
        gateway.compensateAll(service);
        assertEquals(List.of("charge bob", "refund bob ? charging", "charge ", "refund  ? charging"), service.done);

        assertThrows(IOException.class, () -> service.reserve("pear", -1, InputStream.nullInputStream()));
        int entered = gateway.entered().size();
        service.browse();
        assertEquals(entered, gateway.entered().size(), "a SUPPORTS method outside a transaction is a plain call");
        service.placeAll();
        assertEquals("all of it", gateway.entered().get(entered));

        String unbound = assertThrows(IllegalStateException.class, () -> new StockService_DtxBean().placeAll()).getMessage();
        assertTrue(unbound.startsWith("DTX-2035 StockService "), unbound);
        descriptors(RecordingGateway.participant(service));
    }

    private static void descriptors(Participant participant) {
        assertEquals("basics.StockService", participant.className());
        StepDescriptor<?> reserve = participant.steps().get(0);
        assertEquals("stock", reserve.resource());
        assertEquals("release", reserve.compensation());
        assertEquals(3_000, reserve.timeoutMillis());
        assertEquals(new RetrySchedule(3, 100, 2, 5_000, 0.2), reserve.retry());
        assertEquals(new RetrySchedule(120, 100, 2, 60_000, 0.2), reserve.compensationRetry());
        assertTrue(reserve.retriesOn(new IOException()));
        assertFalse(reserve.retriesOn(new IllegalStateException()));
        assertFalse(reserve.isStandalone());
        StepDescriptor<?> charge = participant.steps().get(1);
        assertNull(charge.resource());
        assertTrue(charge.provesNoEffect(new IllegalArgumentException()));
        assertEquals(RetrySchedule.LIVE, charge.retry());
        assertTrue(participant.steps().get(2).isStandalone());
        assertFalse(participant.steps().get(3).isCompensable());
        assertEquals(30_000, participant.transactions().get(0).timeoutMillis());
        assertFalse(participant.transactions().get(0).rollsBackOn(new IllegalArgumentException()));
    }
}
