package io.dtx.examples.cluster;

import io.dtx.examples.quickstart.Order;
import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What customers want: the number of an order says all of it. Some parcels are too large, and some the carrier is slow to take. */
final class Orders {
    static final String SLOW = "piano";
    private static final int ARTICLES = 50;
    private static final int CUSTOMERS = 100;
    private static final long OF_A_PROCESS = 1_000_000;

    private Orders() {}

    /** Returns the number before the first order of a process: the start of an application says which one it is. */
    static long before(int application, int start) {
        return (application * 1_000L + start) * OF_A_PROCESS;
    }

    static int application(long order) {
        return (int) (order / OF_A_PROCESS / 1_000);
    }

    static Order number(long number) {
        SplittableRandom random = new SplittableRandom(number);
        int kind = random.nextInt(100);
        List<String> articles = articles();
        String article = kind < 20 ? articles.get(0) : articles.get(1 + random.nextInt(ARTICLES));
        int quantity = kind >= 90 ? 21 : 1 + random.nextInt(5);
        return new Order(
                number,
                customers().get(random.nextInt(CUSTOMERS)),
                article,
                quantity,
                BigDecimal.valueOf(1 + random.nextInt(9_999), 2));
    }

    static List<String> articles() {
        return IntStream.rangeClosed(0, ARTICLES)
                .mapToObj(i -> i == 0 ? SLOW : "article-" + i)
                .toList();
    }

    static List<String> customers() {
        return IntStream.range(0, CUSTOMERS).mapToObj(i -> "customer-" + i).toList();
    }
}
