package shop;

import base.Open;
import base.Store;
import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;

/** Records, enums with bodies, default methods, inner classes, inheritance. */
public class Shapes {

    @DistributedTransaction
    public record Amount(long cents) {
        public long doubled() {
            Trace.line("doubled");
            return 2 * Level.HIGH.raise(cents);
        }
    }

    public enum Level {
        LOW,
        HIGH {
            @Override
            long factor() {
                return 3;
            }
        };

        @SagaStep(compensate = "lower")
        long raise(long by) {
            Trace.line("raise " + name());
            return by * factor();
        }

        void lower(long by) {
            Trace.line("undo raise " + by);
        }

        long factor() {
            return 1;
        }
    }

    public interface Port {
        @DistributedTransaction
        default String send(String text) {
            Trace.line("send");
            return text + name();
        }

        @DistributedTransaction
        default void ping() {
            Trace.line("ping");
        }

        String name();
    }

    public record Card(String name) implements Port {}

    public class Inner {
        @DistributedTransaction
        public void count() {
            Trace.line("count");
        }
    }

    public Inner inner() {
        return new Inner();
    }

    public static class Words extends Store<String> {
        @DistributedTransaction
        public void keep(String value) {
            Trace.line("keep");
            put(value, new long[0], new long[1]);
        }
    }

    public static class Ledger {
        @SagaStep(compensate = SagaStep.NONE)
        public int write(int amount) {
            Trace.line("write");
            return amount;
        }
    }

    public static class Journal extends Ledger {
        @Override
        @SagaStep(compensate = SagaStep.NONE)
        public int write(int amount) {
            Trace.line("before write");
            return super.write(amount) + 1;
        }
    }

    public static class Heir extends Ledger {}

    public interface Desk<T> {
        Object take(T what);
    }

    public abstract static class Counter {
        @SagaStep(compensate = "giveBack")
        public String take(String what) {
            Trace.line("take " + what);
            return what;
        }

        void giveBack(String what) {
            Trace.line("undo take " + what);
        }
    }

    /** Compilers write a bridge: take(Object), which calls the superclass. */
    public static class Window extends Counter implements Desk<String> {}

    /** The bridge is here, in a class that is not woven, as nothing is an instance of just it. */
    public abstract static class Shop extends Counter implements Desk<String> {}

    public static class Kiosk extends Shop {}

    static class Drawer {
        @SagaStep(compensate = SagaStep.NONE)
        public void open(String by) {
            Trace.line("open");
        }
    }

    /** Compilers write a bridge with the very name and types: the class is public and its superclass is not. */
    public static class Chest extends Drawer {}

    /** Has an override of a method whose class it cannot name. */
    public static class Safe extends Open {}

    public interface Post {
        void handle(String what);
    }

    public static class Handler<T> {
        public void handle(T what) {
            Trace.line("handle " + what);
        }
    }

    /** Compilers write a bridge, handle(String), which calls the superclass; here that is no transaction. */
    public static class Booth extends Handler<String> implements Post {
        @SagaStep(compensate = SagaStep.NONE)
        public void other() {
            Trace.line("other");
        }
    }

    @DistributedTransaction
    public static class Stall extends Booth {}
}
