package io.dtx.examples.quickstart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Orders from CSV (RFC 4180, one order to a line, after a header), and what is wrong with the lines that are none. */
record OrderFile(List<Order> orders, List<String> problems) {

    private static final List<String> HEADER = List.of("customer", "sku", "quantity", "price");
    private static final Pattern FIELD = Pattern.compile("(?:\"((?:[^\"]|\"\")*)\"|([^\",]*))(,|$)");
    private static final Pattern QUANTITY = Pattern.compile("0*[1-9]\\d{0,5}");
    private static final Pattern PRICE = Pattern.compile("\\d{1,7}(\\.\\d{1,2})?");
    private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{0,99}[\\P{Cntrl}&&\\S]\\P{Cntrl}{0,99}");

    /** Reads a file's lines; orders are numbered by them. */
    static OrderFile read(String name, List<String> lines) {
        OrderFile file = new OrderFile(new ArrayList<>(), new ArrayList<>());
        for (int line = 1; line <= Math.max(1, lines.size()); line++) {
            String text = lines.isEmpty() ? "" : lines.get(line - 1);
            try {
                if (line == 1) {
                    demandHeader(text.replace("\uFEFF", ""));
                } else if (!text.isBlank()) {
                    file.orders.add(order(line, fields(text)));
                }
            } catch (BadLine e) {
                file.problems.add(name + ":" + line + ":" + e.column + ": " + e.getMessage());
            }
        }
        return file;
    }

    private static void demandHeader(String text) throws BadLine {
        List<Field> fields = fields(text);
        if (!fields.stream().map(Field::text).toList().equals(HEADER)) {
            throw new BadLine(1, "the first line is not " + String.join(",", HEADER));
        }
    }

    private static Order order(int line, List<Field> fields) throws BadLine {
        if (fields.size() != HEADER.size()) {
            int column = fields.get(Math.min(fields.size() - 1, HEADER.size())).column;
            throw new BadLine(column, HEADER.size() + " fields are expected, but there are " + fields.size());
        }
        return new Order(
                line,
                text(fields, 0, NAME, "no name of 1 to 200 visible characters"),
                text(fields, 1, NAME, "no name of 1 to 200 visible characters"),
                Integer.parseInt(text(fields, 2, QUANTITY, "no whole number from 1 to 999999")),
                new BigDecimal(text(fields, 3, PRICE, "no amount such as 9.99")));
    }

    private static String text(List<Field> fields, int index, Pattern pattern, String reason) throws BadLine {
        Field field = fields.get(index);
        if (!pattern.matcher(field.text).matches()) {
            String shown = field.text.replaceAll("\\p{Cntrl}", "?");
            throw new BadLine(field.column, HEADER.get(index) + " \"" + shown + "\" is " + reason);
        }
        return field.text;
    }

    private static List<Field> fields(String line) throws BadLine {
        List<Field> fields = new ArrayList<>();
        Matcher matcher = FIELD.matcher(line);
        boolean more = true;
        for (int start = 0; more; start = matcher.end()) {
            if (!matcher.region(start, line.length()).lookingAt()) {
                throw new BadLine(start + 1, "a quote is not closed, or has text before or behind it");
            }
            String quoted = matcher.group(1);
            String text = quoted != null
                    ? quoted.replace("\"\"", "\"")
                    : matcher.group(2).strip();
            fields.add(new Field(start + 1, text));
            more = !matcher.group(3).isEmpty();
        }
        return fields;
    }

    private record Field(int column, String text) {}

    private static final class BadLine extends Exception {
        private static final long serialVersionUID = 1;
        private final int column;

        BadLine(int column, String reason) {
            super(reason);
            this.column = column;
        }
    }
}
