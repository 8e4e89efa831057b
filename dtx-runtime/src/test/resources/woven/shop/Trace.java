package shop;

import io.dtx.TransactionContext;
import io.dtx.spi.Contexts;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What ran, each line with the step or the transaction that it ran in. */
public final class Trace {
    public static final List<String> LINES = new CopyOnWriteArrayList<>();

    private Trace() {}

    /** An annotation that an override must have, too. */
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Mark {
        String value();
    }

    public static void line(String text) {
        String in = Contexts.step() != null
                ? Contexts.step().stepName()
                : TransactionContext.isActive() ? TransactionContext.current().name() : "nothing";
        LINES.add(text + " in " + in);
    }
}
