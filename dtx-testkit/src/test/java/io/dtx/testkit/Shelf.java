package io.dtx.testkit;

import io.dtx.SagaStep;
import io.dtx.cdi.Guarded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What is there, and what was sold. */
@ApplicationScoped
public class Shelf {

    @Inject
    @Guarded("stock")
    DataSource stock;

    static void fill(TestDtx dtx) throws SQLException {
        dtx.execute(
                "stock",
                "create table item(available int)",
                "insert into item values (10)",
                "create table sale(quantity int)");
    }

    @SagaStep(compensate = "giveBack", resource = "stock")
    public void take(int quantity) throws SQLException {
        Sql.update(stock, "update item set available = available - ?", quantity);
    }

    void giveBack(int quantity) throws SQLException {
        Sql.update(stock, "update item set available = available + ?", quantity);
    }

    @SagaStep(compensate = "forget", resource = "stock")
    public void note(int quantity) throws SQLException {
        Sql.update(stock, "insert into sale values (?)", quantity);
    }

    void forget(int quantity) throws SQLException {
        Sql.update(stock, "delete from sale where quantity = ?", quantity);
    }
}
