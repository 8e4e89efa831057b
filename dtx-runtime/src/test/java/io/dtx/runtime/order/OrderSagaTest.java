package io.dtx.runtime.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DtxException;
import io.dtx.TransactionStatus;
import io.dtx.runtime.Dtx;
import io.dtx.runtime.TransactionHistory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The annotated services of the documentation, woven by generated subclasses, over two H2 databases and the file log. */
class OrderSagaTest {

    @TempDir
    Path directory;

    private JdbcConnectionPool stockPool;
    private JdbcConnectionPool paymentsPool;
    private Dtx dtx;
    private OrderService orders;
    private StockService stock;

    @BeforeEach
    void start() throws SQLException {
        stockPool = pool("stock");
        paymentsPool = pool("payments");
        run(
                stockPool,
                "create table item(sku varchar primary key, available int)",
                "create table reservation(id bigint auto_increment primary key, sku varchar, quantity int)",
                "insert into item values ('tea', 10)");
        run(
                paymentsPool,
                "create table account(customer varchar primary key, balance decimal(10,2))",
                "insert into account values ('ada', 100)");
        dtx = Dtx.builder()
                .config("dtx.log.dir", directory.resolve("log").toString())
                .resource("stock", stockPool)
                .resource("payments", paymentsPool)
                .build();
        stock = dtx.create(StockService.class, dtx.resource("stock"));
        PaymentService payments = dtx.create(PaymentService.class, dtx.resource("payments"));
        orders = dtx.create(OrderService.class, stock, payments);
        dtx.start();
    }

    @AfterEach
    void stop() {
        dtx.close();
        stockPool.dispose();
        paymentsPool.dispose();
    }

    @Test
    void an_order_that_succeeds_takes_effect_in_both_databases() throws SQLException {
        long reservation = orders.place("ada", "tea", 3, new BigDecimal("30"));

        assertThat(reservation).isEqualTo(1);
        assertThat(available()).isEqualTo("7");
        assertThat(balance()).isEqualTo("70.00");
        TransactionHistory history = dtx.transactions().list(any -> true).get(0);
        assertThat(history.status()).isEqualTo(TransactionStatus.COMMITTED);
        assertThat(history.name()).isEqualTo("OrderService.place");
    }

    @Test
    void an_order_that_fails_in_its_second_step_is_undone_in_the_first() throws SQLException {
        assertThatThrownBy(() -> orders.place("ada", "tea", 3, new BigDecimal("300")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ada has not enough money")
                .hasNoSuppressedExceptions();

        assertThat(available()).isEqualTo("10");
        assertThat(balance()).isEqualTo("100.00");
        List<TransactionHistory> compensated =
                dtx.transactions().list(each -> each.status() == TransactionStatus.COMPENSATED);
        assertThat(compensated).hasSize(1);
        assertThat(compensated.get(0).toString()).contains("StockService.reserve", "stock", "COMPENSATED");
    }

    @Test
    void an_order_that_fails_in_its_first_step_leaves_nothing() throws SQLException {
        assertThatThrownBy(() -> orders.place("ada", "tea", 30, new BigDecimal("3")))
                .isInstanceOf(StockService.SoldOutException.class);

        assertThat(available()).isEqualTo("10");
        assertThat(balance()).isEqualTo("100.00");
    }

    @Test
    void a_step_called_outside_a_transaction_is_refused_before_it_does_anything() throws SQLException {
        assertThatThrownBy(() -> stock.reserve("tea", 1))
                .isInstanceOf(DtxException.class)
                .hasMessageContaining("DTX-2011 StockService.reserve was called outside a transaction");

        assertThat(available()).isEqualTo("10");
    }

    private String available() throws SQLException {
        return query(stockPool, "select available from item where sku = 'tea'");
    }

    private String balance() throws SQLException {
        return query(paymentsPool, "select balance from account where customer = 'ada'");
    }

    private JdbcConnectionPool pool(String name) {
        return JdbcConnectionPool.create("jdbc:h2:" + directory.resolve(name) + ";WRITE_DELAY=0", "sa", "");
    }

    private static void run(DataSource dataSource, String... statements) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static String query(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
