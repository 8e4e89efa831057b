package woven;

import io.dtx.spi.EntryOf;
import io.dtx.spi.GeneratedCalls;
import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.StepGateway;
import io.dtx.spi.Weave;
import io.dtx.spi.WovenGateway;
import javax.annotation.processing.Generated;

/**
 * How calls of {@code OrderStore} enter a gateway.
 */
@Generated("io.dtx.processor.DtxProcessor")
@SuppressWarnings({
        "all",
        "NullAway",
        "cast",
        "deprecation",
        "exports",
        "overloads",
        "rawtypes",
        "removal",
        "serial",
        "this-escape",
        "unchecked",
        "varargs"
})
@GeneratedParticipant(
        of = OrderStore.class,
        participant = OrderStore_DtxParticipant.class,
        weave = Weave.BYTECODE
)
public final class OrderStore_DtxCalls implements GeneratedCalls {
    /**
     * Where woven calls enter.
     */
    public static final WovenGateway GATEWAY = new WovenGateway(OrderStore.class);

    /**
     * For runtimes and containers.
     */
    public OrderStore_DtxCalls() {
    }

    @Override
    public WovenGateway gateway() {
        return GATEWAY;
    }

    /**
     * Returns whether a call has entered already, for a subclass.
     */
    public static boolean isPlain(Object self) {
        return self.getClass() != OrderStore.class && GATEWAY.isPlain(self);
    }

    /**
     * Enters with a call of {@code keep}.
     */
    @EntryOf(
            owner = "woven.OrderStore",
            name = "keep",
            descriptor = "(Ljava/lang/String;)Ljava/lang/String;"
    )
    public static String keep(StepGateway gateway, StepGateway.Body<String> body,
            String argument0) {
        return gateway.transaction(OrderStore_DtxParticipant.KEEP, body);
    }

    /**
     * Enters with a call of {@code put}.
     */
    @EntryOf(
            owner = "woven.base.Store",
            name = "put",
            descriptor = "(Ljava/lang/Comparable;[[J)Ljava/lang/Comparable;"
    )
    public static String put(StepGateway gateway, StepGateway.Body<String> body, String argument0,
            long[][] argument1) {
        return gateway.step(OrderStore_DtxParticipant.PUT,
                        out -> OrderStore_DtxParticipant.recordPut(out, argument0),
                        body);
    }

    @Override
    public boolean has(String method) {
        switch (method) {
            case "keep(Ljava/lang/String;)Ljava/lang/String;":
            case "put(Ljava/lang/Comparable;[[J)Ljava/lang/Comparable;":
                return true;
            default:
                return false;
        }
    }

    @Override
    public Object enter(StepGateway gateway, String method, StepGateway.Body<?> body,
            Object[] arguments) throws Throwable {
        switch (method) {
            case "keep(Ljava/lang/String;)Ljava/lang/String;":
                return keep(gateway, (StepGateway.Body<String>) body, (String) arguments[0]);
            case "put(Ljava/lang/Comparable;[[J)Ljava/lang/Comparable;":
                return put(gateway, (StepGateway.Body<String>) body, (String) arguments[0], (long[][]) arguments[1]);
            default:
                throw new IllegalArgumentException("OrderStore has no step or transaction " + method);
        }
    }
}
