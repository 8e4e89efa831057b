package io.dtx.runtime.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The points at which processes are killed: all of them, or a slice that meets every kind of point at one of the stores. */
final class KillPoints {

    /** Every point; the slice is taken otherwise, for a run of a minute. */
    static final boolean ALL = Boolean.getBoolean("crash.all");

    private KillPoints() {}

    /** Returns the points of a saga on its way forward, and of its decision. */
    static List<String> forward(Series.Store store) {
        List<String> points = new ArrayList<>();
        for (int step = 1; step <= Shop.RESOURCES.size(); step++) {
            String resource = Shop.RESOURCES.get(step - 1);
            add(points, "append:START_STEP:" + step, "before", "after");
            points.add("body:" + resource + ":D");
            transaction(points, store, resource + ":D");
            add(points, "append:FINISH_STEP:" + step, "before", "after");
        }
        add(points, "append:DECIDE:COMMIT", "before", "after");
        add(points, "append:DECIDE:ABORT", "before", "after");
        return slice(
                store,
                points,
                "append:START_STEP:1:before",
                "append:START_STEP:2:after",
                "body:payments:D",
                "guard:payments:D:before",
                "guard:payments:D:after",
                "commit:shipping:D:after",
                "append:FINISH_STEP:2:before",
                "append:DECIDE:COMMIT:before",
                "append:DECIDE:COMMIT:after",
                "append:DECIDE:ABORT:after");
    }

    /** Returns the points of compensations. */
    static List<String> backward(Series.Store store) {
        List<String> points = new ArrayList<>();
        for (int step = 1; step <= Shop.RESOURCES.size(); step++) {
            String resource = Shop.RESOURCES.get(step - 1);
            add(points, "append:CLAIM_ACTION:" + step, "before", "after");
            points.add("body:" + resource + ":U");
            transaction(points, store, resource + ":U");
            add(points, "append:FINISH_COMPENSATION:" + step, "before", "after");
        }
        return slice(
                store,
                points,
                "body:payments:U",
                "guard:payments:U:before",
                "guard:stock:U:after",
                "commit:payments:U:after",
                "append:FINISH_COMPENSATION:2:before",
                "append:FINISH_COMPENSATION:1:after");
    }

    /** Returns the points of compensations that are of interest to a process that starts. */
    static List<String> recovering(Series.Store store) {
        return ALL
                ? backward(store)
                : each(
                        store,
                        List.of("body:payments:U", "guard:payments:U:after", "append:FINISH_COMPENSATION:2:after"));
    }

    /** Returns the points that a process passes only when it starts. */
    static List<String> starting(Series.Store store) {
        List<String> points = new ArrayList<>();
        add(points, "append:OPEN_SESSION:0", "before", "after");
        for (String resource : Shop.RESOURCES) {
            add(points, "session:" + resource + ":A", "before", "after");
            add(points, "session:" + resource + ":F", "before", "after");
        }
        transaction(points, store, "shipping:T");
        return slice(
                store, points, "append:OPEN_SESSION:0:after", "session:payments:A:after", "guard:shipping:T:before");
    }

    private static void transaction(List<String> points, Series.Store store, String label) {
        add(points, "guard:" + label, "before", "after");
        if (store != Series.Store.POSTGRES) {
            add(points, "commit:" + label, "after");
        }
    }

    private static void add(List<String> points, String label, String... when) {
        Stream.of(when).map(each -> label + ":" + each).forEach(points::add);
    }

    private static List<String> slice(Series.Store store, List<String> points, String... chosen) {
        return ALL
                ? points
                : each(store, List.of(chosen)).stream()
                        .map(each -> points.contains(each) ? each : each.replace("commit:", "guard:"))
                        .toList();
    }

    /** The stores take turns. */
    static List<String> each(Series.Store store, List<String> points) {
        List<String> own = new ArrayList<>();
        for (int i = store == Series.Store.POSTGRES ? 0 : 1; i < points.size(); i += 2) {
            own.add(points.get(i));
        }
        return own;
    }
}
