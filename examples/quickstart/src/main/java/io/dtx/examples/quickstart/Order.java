package io.dtx.examples.quickstart;

import java.math.BigDecimal;

/** What a customer wants; the price is that of one piece. */
public record Order(long id, String customer, String sku, int quantity, BigDecimal price) {

    BigDecimal total() {
        return price.multiply(BigDecimal.valueOf(quantity));
    }
}
