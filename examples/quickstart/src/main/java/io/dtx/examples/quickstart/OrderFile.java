package io.dtx.examples.quickstart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Orders from CSV (RFC 4180, one order to a line, after a header), and what is wrong with the lines that are none. */
record OrderFile(List<Order> orders, List<String> problems) {
    private static final String HEADER = "customer,sku,quantity,price";
    private static final Pattern FIELD = Pattern.compile("\\G,(?:\"((?:[^\"]|\"\")*)\"|([^\",]*))(?=,|$)");
    private static final String NAME = "(?=.*\\S)\\P{Cntrl}{1,200}", NO_NAME = "no name of 1 to 200 visible characters";

    /** Reads a file's lines; orders are numbered by them. */
    static OrderFile read(String name, List<String> lines) {
        OrderFile file = new OrderFile(new ArrayList<>(), new ArrayList<>());
        if (lines.isEmpty() || !lines.get(0).replace("\uFEFF", "").strip().equals(HEADER)) {
            file.problems.add(name + ":1:1: the first line is not " + HEADER);
        }
        for (int line = 2; line <= lines.size(); line++) {
            try {
                if (!lines.get(line - 1).isBlank()) {
                    file.orders.add(order(line, lines.get(line - 1)));
                }
            } catch (IllegalArgumentException e) {
                file.problems.add(name + ":" + line + ":" + e.getMessage());
            }
        }
        return file;
    }

    private static Order order(int line, String text) {
        List<MatchResult> fields = FIELD.matcher("," + text).results().toList();
        int end = fields.isEmpty() ? 0 : fields.get(fields.size() - 1).end();
        check(end > text.length(), end, "a quote is not closed, or has text before or behind it");
        int odd = fields.get(Math.min(fields.size() - 1, 4)).start();
        check(fields.size() == 4, odd, "4 fields are expected, but there are " + fields.size());
        String customer = value("customer", fields.get(0), NAME, NO_NAME);
        String sku = value("sku", fields.get(1), NAME, NO_NAME);
        String quantity = value("quantity", fields.get(2), "0*[1-9]\\d{0,5}", "no whole number from 1 to 999999");
        String price = value("price", fields.get(3), "\\d{1,7}(\\.\\d{1,2})?", "no amount such as 9.99");
        return new Order(line, customer, sku, Integer.parseInt(quantity), new BigDecimal(price));
    }

    private static String value(String name, MatchResult field, String form, String complaint) {
        String quoted = field.group(1);
        String text = quoted == null ? field.group(2).strip() : quoted.replace("\"\"", "\"");
        String shown = text.replaceAll("\\p{Cntrl}", "?");
        check(text.matches(form), field.start(), name + " \"" + shown + "\" is " + complaint);
        return text;
    }

    private static void check(boolean good, int index, String complaint) {
        if (!good) {
            throw new IllegalArgumentException((index + 1) + ": " + complaint);
        }
    }
}
