package io.dtx.examples.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** What is done with the application, in this order, by name. The last one ends the process. */
final class Scenarios {

    private Scenarios() {}

    static Map<String, Callable<?>> of(Container container) {
        Orders orders = container.bean(Orders.class);
        Audit audit = container.bean(Audit.class);
        Stock stock = container.bean(Stock.class);
        Shipping shipping = container.bean(Shipping.class);
        Map<String, Callable<?>> all = new LinkedHashMap<>();
        all.put("an order commits", () -> orders.place("tea", 1, 5, shipping));
        all.put("a first step fails", () -> orders.place("oil", 10, 5, null));
        all.put("a step without effect fails", () -> orders.place("rum", 1, 13, shipping));
        all.put("a step in doubt is undone, too", () -> orders.place("gin", 1, 99, shipping));
        all.put("a failure after the last step", () -> calling(() -> orders.regret("ale", shipping)));
        all.put("another way", () -> orders.another("jam"));
        all.put("calls to itself", () -> orders.self("fig"));
        all.put("propagation", () -> orders.nested("nut"));
        all.put("joined by a failure", () -> orders.stubborn("rye"));
        all.put("an exception that commits", () -> calling(() -> orders.warn("pea")));
        all.put("tasks", () -> orders.elsewhere("egg"));
        all.put("an annotation of the class", () -> audit.joined("yam", 1));
        all.put("supports, outside", () -> calling(audit::perhaps));
        all.put("not supported, outside", () -> calling(audit::outside));
        all.put("never, outside", () -> calling(audit::never));
        all.put("mandatory, outside", () -> calling(audit::demanding));
        all.put("a step outside", () -> stock.reserve("fog", 1));
        all.put("a standalone step outside", () -> stock.count("all"));
        all.put(
                "a step inside a step",
                () -> container.dtx().call("two in one", () -> {
                    shipping.shipTwice("ice");
                    return null;
                }));
        all.put(
                "an orchestration without a class",
                () -> container.dtx().call("no class", () -> stock.reserve("bun", 1)));
        all.put("what is there", () -> stock.shelf() + " | " + shipping.sent());
        all.put("killed", () -> calling(() -> orders.killed("pie", shipping, orders)));
        return all;
    }

    /** After the kill. */
    static Map<String, Callable<?>> ofRecovered(Container container) {
        Stock stock = container.bean(Stock.class);
        Shipping shipping = container.bean(Shipping.class);
        Map<String, Callable<?>> all = new LinkedHashMap<>();
        all.put("what is there after recovery", () -> stock.shelf() + " | " + shipping.sent());
        all.put("an order after recovery", () -> container.bean(Orders.class).place("soy", 1, 1, shipping));
        return all;
    }

    private static String calling(Call call) throws Exception {
        call.run();
        return "nothing";
    }

    private interface Call {
        void run() throws Exception;
    }
}
