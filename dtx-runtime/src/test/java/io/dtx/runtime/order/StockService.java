package io.dtx.runtime.order;

import io.dtx.SagaStep;
import io.dtx.StepResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Takes pieces from the shelf, and puts them back. */
public class StockService {

    private final DataSource stock;

    public StockService(DataSource stock) {
        this.stock = stock;
    }

    @SagaStep(compensate = "release", resource = "stock")
    public long reserve(String sku, int quantity) throws SQLException {
        try (Connection connection = stock.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update item set available = available - ? where sku = ? and available >= ?");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into reservation(sku, quantity) values (?, ?)", new String[] {"id"})) {
            update.setInt(1, quantity);
            update.setString(2, sku);
            update.setInt(3, quantity);
            if (update.executeUpdate() == 0) {
                throw new SoldOutException(sku);
            }
            insert.setString(1, sku);
            insert.setInt(2, quantity);
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }

    void release(String sku, int quantity, @StepResult long reservation) throws SQLException {
        try (Connection connection = stock.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from reservation where id = ?");
                PreparedStatement update =
                        connection.prepareStatement("update item set available = available + ? where sku = ?")) {
            delete.setLong(1, reservation);
            if (delete.executeUpdate() != 1) {
                throw new IllegalStateException("reservation " + reservation + " is not there");
            }
            update.setInt(1, quantity);
            update.setString(2, sku);
            update.executeUpdate();
        }
    }

    /** There is not enough on the shelf. */
    public static class SoldOutException extends RuntimeException {
        private static final long serialVersionUID = 1;

        SoldOutException(String sku) {
            super(sku + " is sold out");
        }
    }
}
