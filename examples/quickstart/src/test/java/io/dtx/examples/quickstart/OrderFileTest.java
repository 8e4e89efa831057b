package io.dtx.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderFileTest {

    private static final String HEADER = "customer,sku,quantity,price";

    @Test
    void a_line_is_an_order_numbered_by_it() {
        OrderFile file = OrderFile.read("o.csv", List.of(HEADER, "", "Ada,lamp-12,3,9.99"));

        assertThat(file.problems()).isEmpty();
        assertThat(file.orders()).containsExactly(new Order(3, "Ada", "lamp-12", 3, new BigDecimal("9.99")));
        assertThat(file.orders().get(0).total()).isEqualTo("29.97");
    }

    @Test
    void quotes_keep_commas_and_quotes() {
        OrderFile file = OrderFile.read("o.csv", List.of(HEADER, "\"Bell, \"\"Ada\"\"\", lamp ,3,1"));

        assertThat(file.orders()).containsExactly(new Order(2, "Bell, \"Ada\"", "lamp", 3, new BigDecimal("1")));
    }

    @Test
    void the_header_may_begin_with_a_byte_order_mark() {
        assertThat(OrderFile.read("o.csv", List.of("\uFEFF" + HEADER)).problems())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            Ada,lamp,3             | 10 | 4 fields are expected, but there are 3
            Ada,lamp,3,1,2         | 14 | 4 fields are expected, but there are 5
            Ada,lamp,three,1       | 10 | quantity "three" is no whole number from 1 to 999999
            Ada,lamp,0,1           | 10 | quantity "0" is no whole number from 1 to 999999
            Ada,lamp,99999999999,1 | 10 | quantity "99999999999" is no whole number from 1 to 999999
            Ada,lamp,3,-1          | 12 | price "-1" is no amount such as 9.99
            Ada,lamp,3,1.999       | 12 | price "1.999" is no amount such as 9.99
            ,lamp,3,1              | 1  | customer "" is no name of 1 to 200 visible characters
            Ada,  ,3,1             | 5  | sku "" is no name of 1 to 200 visible characters
            Ada,"lamp,3,1          | 5  | a quote is not closed, or has text before or behind it
            Ada,"lamp"x,3,1        | 5  | a quote is not closed, or has text before or behind it
            """)
    void a_bad_line_is_named_with_file_line_column_and_reason_and_the_others_go_on(
            String line, int column, String reason) {
        OrderFile file = OrderFile.read("o.csv", List.of(HEADER, line, "Ada,lamp,3,1"));

        assertThat(file.problems()).containsExactly("o.csv:2:" + column + ": " + reason);
        assertThat(file.orders()).hasSize(1);
    }

    @Test
    void another_header_is_refused() {
        assertThat(OrderFile.read("o.csv", List.of("a,b")).problems())
                .containsExactly("o.csv:1:1: the first line is not " + HEADER);
        assertThat(OrderFile.read("o.csv", List.of()).problems())
                .containsExactly("o.csv:1:1: the first line is not " + HEADER);
    }
}
