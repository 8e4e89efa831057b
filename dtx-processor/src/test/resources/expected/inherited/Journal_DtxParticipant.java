package inherited;

import io.dtx.Propagation;
import io.dtx.Recovery;
import io.dtx.StepContext;
import io.dtx.TransactionMode;
import io.dtx.spi.ArgumentCodec;
import io.dtx.spi.ArgumentReader;
import io.dtx.spi.ArgumentWriter;
import io.dtx.spi.MalformedRecordException;
import io.dtx.spi.Participant;
import io.dtx.spi.RetrySchedule;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.TransactionDescriptor;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * The steps and transactions of {@code Journal}, and how its compensations are called.
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
public final class Journal_DtxParticipant implements Participant {
    static final StepDescriptor<Integer> BOOK = StepDescriptor.<Integer>named("Journal.book", 0x1a1a40c0e3eedf70L)
            .resource("ledger")
            .compensation("cancel")
            .retry(new RetrySchedule(2, 100L, 2.0, 5000L, 0.2), List.of(), List.of())
            .result(new BookResult())
            .build();

    static final StepDescriptor<Void> CLOSE = StepDescriptor.<Void>named("shut", 0xe9d0c0929c2b52aeL)
            .resource("ledger")
            .compensation("reopen")
            .build();

    static final TransactionDescriptor OPEN_AGAIN = new TransactionDescriptor(
            "Journal.openAgain",
            TransactionMode.SAGA,
            Propagation.REQUIRED,
            Recovery.BACKWARD,
            5000L,
            List.of());

    static final TransactionDescriptor TRANSFER = new TransactionDescriptor(
            "Journal.transfer",
            TransactionMode.SAGA,
            Propagation.REQUIRED,
            Recovery.BACKWARD,
            5000L,
            List.of());

    /**
     * Creates the participant; it has no state.
     */
    public Journal_DtxParticipant() {
    }

    @Override
    public String className() {
        return "inherited.Journal";
    }

    @Override
    public List<StepDescriptor<?>> steps() {
        return List.of(BOOK, CLOSE);
    }

    @Override
    public List<TransactionDescriptor> transactions() {
        return List.of(OPEN_AGAIN, TRANSFER);
    }

    @Override
    public void compensate(Object bean, StepDescriptor<?> step, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        switch (step.name()) {
            case "Journal.book":
                compensateBook(bean, arguments, result, context);
                break;
            case "shut":
                compensateClose(bean, arguments, result, context);
                break;
            default:
                throw new IllegalArgumentException("Journal has no compensation for " + step);
        }
    }

    private static void compensateBook(Object bean, ArgumentReader arguments, ArgumentReader result,
            StepContext context) throws Throwable {
        String argument0 = arguments.readString();
        if (result == null) {
            throw new MalformedRecordException("the result of Journal.book was not recorded");
        }
        int argument1 = result.readInt();
        result.end();
        arguments.end();
        ((Journal_DtxBean) bean).cancel(argument0, argument1, context);
    }

    private static void compensateClose(Object bean, ArgumentReader arguments,
            ArgumentReader result, StepContext context) throws Throwable {
        String argument0 = arguments.readString();
        arguments.end();
        ((Journal) bean).reopen(argument0);
    }

    static void recordBook(ArgumentWriter out, String argument0) {
        out.writeString(argument0);
    }

    static void recordClose(ArgumentWriter out, String argument0) {
        out.writeString(argument0);
    }

    private static final class BookResult implements ArgumentCodec<Integer> {
        @Override
        public void write(ArgumentWriter out, Integer value) {
            out.writeInt(value);
        }

        @Override
        public Integer read(ArgumentReader in) {
            return in.readInt();
        }
    }
}
