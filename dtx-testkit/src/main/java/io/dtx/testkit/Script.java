package io.dtx.testkit;

import io.dtx.spi.StepDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the test has ordered, and what has happened, in all lives of the application. A point is a text that reads on after
 * "the process died", such as {@code before the commit of StockService.reserve}; it can be passed several times. Thread-safe.
 */
final class Script {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Order> orders = new ArrayList<>();
    private final List<String> passed = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final Map<String, String> stepNames = new HashMap<>();
    private final Map<String, StepDescriptor<?>> steps = new HashMap<>();

    /** A fault that waits for its point to be passed for the n-th time. */
    static final class Order {
        private final String point;
        private final Fault fault;
        private int toPass;
        private volatile boolean done;

        private Order(String point, int toPass, Fault fault) {
            this.point = point;
            this.toPass = toPass;
            this.fault = fault;
        }

        boolean isDone() {
            return done;
        }
    }

    /** Has something happen once, when a point has been passed so many times; one pass after another if several are due. */
    Order order(String point, int passes, Fault fault) {
        Order order = new Order(point, passes, fault);
        lock.lock();
        try {
            orders.add(order);
        } finally {
            lock.unlock();
        }
        return order;
    }

    /** A life passes a point. */
    void pass(Life life, String point) throws Exception {
        Order due = note(point);
        if (due != null) {
            due.fault.strike(life, point);
        }
    }

    private @Nullable Order note(String point) {
        lock.lock();
        try {
            passed.add(point);
            Order due = null;
            for (Order each : orders) {
                if (!each.done && matches(each.point, point) && each.toPass-- <= 0 && due == null) {
                    each.done = true;
                    due = each;
                }
            }
            return due;
        } finally {
            lock.unlock();
        }
    }

    /** A step may be named without its class: the point ends with its method. */
    private static boolean matches(String ordered, String point) {
        int name = ordered.lastIndexOf(' ') + 1;
        return point.equals(ordered)
                || (ordered.indexOf('.') < 0
                        && point.startsWith(ordered.substring(0, name))
                        && point.endsWith("." + ordered.substring(name))
                        && point.indexOf(' ', name) < 0);
    }

    /** Returns the points in the order in which they were passed. */
    List<String> passed() {
        lock.lock();
        try {
            return List.copyOf(passed);
        } finally {
            lock.unlock();
        }
    }

    void tookEffect(Effect effect) {
        lock.lock();
        try {
            effects.add(effect);
        } finally {
            lock.unlock();
        }
    }

    /** Returns what took effect, in that order. */
    List<Effect> effects() {
        lock.lock();
        try {
            return List.copyOf(effects);
        } finally {
            lock.unlock();
        }
    }

    /** A step's number in the log has this name. */
    void named(String transaction, long step, String name) {
        lock.lock();
        try {
            stepNames.put(transaction + "/" + step, name);
        } finally {
            lock.unlock();
        }
    }

    String nameOf(String transaction, long step) {
        lock.lock();
        try {
            return stepNames.getOrDefault(transaction + "/" + step, "step " + step);
        } finally {
            lock.unlock();
        }
    }

    /** A step was called. */
    void called(StepDescriptor<?> step) {
        lock.lock();
        try {
            steps.put(step.name(), step);
        } finally {
            lock.unlock();
        }
    }

    /** Returns a step that was called, by its name; null if none was. */
    @Nullable
    StepDescriptor<?> step(String name) {
        lock.lock();
        try {
            return steps.get(name);
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a step that was called has a compensation: others only read. */
    boolean isCompensable(String name) {
        StepDescriptor<?> step = step(name);
        return step != null && step.isCompensable();
    }

    /** Returns the points of orders that nothing has passed. */
    List<String> open() {
        lock.lock();
        try {
            return orders.stream()
                    .filter(each -> !each.isDone())
                    .map(each -> each.point)
                    .toList();
        } finally {
            lock.unlock();
        }
    }
}
