package woven;

import io.dtx.spi.EntryOf;
import io.dtx.spi.GeneratedCalls;
import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.StepGateway;
import io.dtx.spi.Weave;
import io.dtx.spi.WovenGateway;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.Generated;

/**
 * How calls of {@code Till} enter a gateway.
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
        of = Till.class,
        participant = Till_DtxParticipant.class,
        weave = Weave.BYTECODE
)
public final class Till_DtxCalls implements GeneratedCalls {
    /**
     * Where woven calls enter.
     */
    public static final WovenGateway GATEWAY = new WovenGateway(Till.class);

    /**
     * For runtimes and containers.
     */
    public Till_DtxCalls() {
    }

    @Override
    public WovenGateway gateway() {
        return GATEWAY;
    }

    /**
     * Returns whether a call has entered already, for a subclass.
     */
    public static boolean isPlain(Object self) {
        return self.getClass() != Till.class && GATEWAY.isPlain(self);
    }

    /**
     * Enters with a call of {@code place}.
     */
    @EntryOf(
            owner = "woven.Till",
            name = "place",
            descriptor = "(Ljava/lang/String;I)Ljava/lang/String;"
    )
    public static String place(StepGateway gateway, StepGateway.Body<String> body, String argument0,
            int argument1) {
        return gateway.transaction(Till_DtxParticipant.PLACE, body);
    }

    /**
     * Enters with a call of {@code look}.
     */
    @EntryOf(
            owner = "woven.Till",
            name = "look",
            descriptor = "([I[Ljava/lang/String;)I",
            plainOutside = true
    )
    public static int look(StepGateway gateway, StepGateway.Body<Integer> body, int[] argument0,
            String[] argument1) {
        return gateway.transaction(Till_DtxParticipant.LOOK, body);
    }

    /**
     * Enters with a call of {@code reserve}.
     */
    @EntryOf(
            owner = "woven.Till",
            name = "reserve",
            descriptor = "(Ljava/lang/String;I)Ljava/lang/String;"
    )
    public static String reserve(StepGateway gateway, StepGateway.Body<String> body,
            String argument0, int argument1) {
        return gateway.step(Till_DtxParticipant.RESERVE,
                        out -> Till_DtxParticipant.recordReserve(out, argument0, argument1),
                        body);
    }

    /**
     * Enters with a call of {@code charge}.
     */
    @EntryOf(
            owner = "woven.Till",
            name = "charge",
            descriptor = "(JD)J"
    )
    public static long charge(StepGateway gateway, StepGateway.Body<Long> body, long argument0,
            double argument1) {
        return gateway.step(Till_DtxParticipant.CHARGE,
                        out -> {},
                        body);
    }

    /**
     * Enters with a call of {@code note}.
     */
    @EntryOf(
            owner = "woven.Till",
            name = "note",
            descriptor = "(Ljava/util/Map;)V"
    )
    public static void note(StepGateway gateway, StepGateway.Body<Void> body,
            Map<String, List<Integer>> argument0) {
        gateway.step(Till_DtxParticipant.NOTE,
                        out -> {},
                        body);
    }

    /**
     * Enters with a call of {@code note}.
     */
    @EntryOf(
            owner = "woven.Till",
            name = "note",
            descriptor = "(C)V"
    )
    public static void note(StepGateway gateway, StepGateway.Body<Void> body, char argument0) {
        gateway.step(Till_DtxParticipant.NOTE2,
                        out -> {},
                        body);
    }

    @Override
    public boolean has(String method) {
        switch (method) {
            case "place(Ljava/lang/String;I)Ljava/lang/String;":
            case "look([I[Ljava/lang/String;)I":
            case "note(Ljava/util/Map;)V":
            case "note(C)V":
                return true;
            default:
                return false;
        }
    }

    @Override
    public Object enter(StepGateway gateway, String method, StepGateway.Body<?> body,
            Object[] arguments) throws Throwable {
        switch (method) {
            case "place(Ljava/lang/String;I)Ljava/lang/String;":
                return place(gateway, (StepGateway.Body<String>) body, (String) arguments[0], (int) arguments[1]);
            case "look([I[Ljava/lang/String;)I":
                return look(gateway, (StepGateway.Body<Integer>) body, (int[]) arguments[0], (String[]) arguments[1]);
            case "note(Ljava/util/Map;)V":
                note(gateway, (StepGateway.Body<Void>) body, (Map<String, List<Integer>>) arguments[0]);
                return null;
            case "note(C)V":
                note(gateway, (StepGateway.Body<Void>) body, (char) arguments[0]);
                return null;
            default:
                throw new IllegalArgumentException("Till has no step or transaction " + method);
        }
    }
}
