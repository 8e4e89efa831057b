package io.dtx.examples.quickstart;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What a customer wants.
 *
 * @param id unique in the shop
 * @param customer pays
 * @param sku names the article
 * @param quantity how many of it
 * @param price of one
 */
public record Order(long id, String customer, String sku, int quantity, BigDecimal price) {

    static Order of(ResultSet row) throws SQLException {
        return new Order(
                row.getLong("id"),
                row.getString("customer"),
                row.getString("sku"),
                row.getInt("quantity"),
                row.getBigDecimal("price"));
    }

    /** Returns what is to be paid. */
    public BigDecimal total() {
        return price.multiply(BigDecimal.valueOf(quantity));
    }
}
