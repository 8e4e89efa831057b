package io.dtx.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text under headings, each column as wide as it must be. Nothing in a cell can leave its line. */
final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** Begins with the headings. */
    Table(String... headings) {
        row(headings);
    }

    /** Adds a row of as many cells as there are headings. */
    void row(String... cells) {
        rows.add(Arrays.stream(cells).map(Table::line).toList());
    }

    /** Prints headings and rows. */
    void print(PrintWriter out) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                text.append(row.get(i))
                        .append(" ".repeat(widths[i] - row.get(i).length()))
                        .append(GAP);
            }
            out.println(text.toString().stripTrailing());
        }
    }

    /** Replaces what would move a terminal's cursor, or more: names come from other processes. */
    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
