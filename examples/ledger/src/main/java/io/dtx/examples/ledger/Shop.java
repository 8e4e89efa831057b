package io.dtx.examples.ledger;

import io.dtx.DistributedTransaction;
import io.dtx.TransactionMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Sells: a row in the database and two entries in the ledger, all or none. */
public class Shop {

    private final DataSource sales;
    private final Postings ledger;

    /** Works with what dtx gives out. */
    public Shop(DataSource sales, Postings ledger) {
        this.sales = sales;
        this.ledger = ledger;
    }

    /** Sells something; every third customer runs away without paying. */
    @DistributedTransaction(mode = TransactionMode.ATOMIC)
    public void sell(long number, long cents) throws SQLException {
        ledger.post("till", cents);
        ledger.post("revenue", -cents);
        try (Connection connection = sales.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO sale VALUES (?, ?)")) {
            insert.setLong(1, number);
            insert.setLong(2, cents);
            insert.executeUpdate();
        }
        if (number % 3 == 0) {
            throw new CustomerGoneException(number);
        }
    }
}
