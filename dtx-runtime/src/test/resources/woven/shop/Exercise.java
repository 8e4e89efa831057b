package shop;

import io.dtx.runtime.Dtx;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** Registers the classes, and calls all of their methods. */
public final class Exercise implements Callable<List<String>> {

    @Override
    public List<String> call() throws Exception {
        Trace.LINES.clear();
        Till till = Till.open();
        try (Dtx dtx = Dtx.builder()
                .config("dtx.log", "memory")
                .woven(Shapes.Amount.class, Shapes.Port.class, Shapes.Inner.class)
                .woven(Shapes.Level.class, call -> call.on(Shapes.Level.LOW))
                .build()) {
            dtx.register(till);
            Shapes.Words words = dtx.create(Shapes.Words.class);
            dtx.create(Shapes.Ledger.class);
            dtx.create(Shapes.Journal.class);
            dtx.create(Shapes.Heir.class);
            Shapes.Window window = dtx.create(Shapes.Window.class);
            Shapes.Kiosk kiosk = dtx.create(Shapes.Kiosk.class);
            dtx.create(Shapes.Chest.class);
            Shapes.Safe safe = dtx.create(Shapes.Safe.class);
            Till.look(till);
            dtx.create(Shapes.Booth.class);
            Shapes.Post post = dtx.create(Shapes.Stall.class);
            dtx.start();
            Till.look(till);
            Trace.line("sold " + Till.open().sell("pen", 5));
            fail(() -> till.sell("pen", 10));
            Trace.line("doubled " + new Shapes.Amount(7).doubled());
            Trace.line("sent " + new Shapes.Card("card").send("by "));
            new Shapes.Card("card").ping();
            new Shapes().inner().count();
            post.handle("letter");
            words.keep("word");
            fail(() -> dtx.call("all", () -> {
                Till.look(till);
                new Shapes.Words().keep("other");
                Shapes.Level.HIGH.raise(1);
                Trace.line("wrote " + new Shapes.Journal().write(1) + new Shapes.Heir().write(1)
                        + new Shapes.Ledger().write(1)
                        + new Shapes.Heir() {}.write(1));
                Shapes.Desk<String> desk = window;
                Trace.line("took " + desk.take("a") + window.take("b"));
                desk = kiosk;
                Trace.line("took " + desk.take("c") + kiosk.take("d"));
                new Shapes.Chest().open("hand");
                safe.unlock("key");
                throw new IOException("the end");
            }));
        }
        return Trace.LINES;
    }

    private static void fail(Callable<?> call) throws Exception {
        try {
            call.call();
            throw new IllegalStateException("did not fail");
        } catch (IOException e) {
            Trace.line("failed: " + e.getMessage());
        }
    }
}
