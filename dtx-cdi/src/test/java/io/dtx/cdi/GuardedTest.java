package io.dtx.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import io.dtx.StepResult;
import io.dtx.cdi.Containers.Extensions;
import io.dtx.runtime.Dtx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Injected resources are the step's own connection inside of it, and plain ones outside. */
class GuardedTest {

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void steps_of_two_resources_commit_together_or_are_undone(Extensions extensions) throws SQLException {
        try (WeldContainer container = start(extensions)) {
            Shop shop = container.select(Shop.class).get();

            shop.buy(3, 30);
            assertThat(shop.left()).isEqualTo(7);
            assertThat(shop.paid()).isEqualTo(30);

            assertThatThrownBy(() -> shop.buy(2, 71)).hasMessage("too dear");
            assertThat(shop.left()).isEqualTo(7);
            assertThat(shop.paid()).isEqualTo(30);
            assertThat(shop.undone()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void a_step_cannot_commit_by_itself_nor_use_another_resource(Extensions extensions) {
        try (WeldContainer container = start(extensions)) {
            Shop shop = container.select(Shop.class).get();

            assertThatThrownBy(shop::commitInside).isInstanceOf(Exception.class).hasMessageContaining("DTX-");
            assertThatThrownBy(shop::reachAcross).isInstanceOf(Exception.class).hasMessageContaining("DTX-");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void a_resource_can_be_looked_up_by_name(Extensions extensions) throws SQLException {
        try (WeldContainer container = start(extensions)) {
            DataSource payments = container
                    .select(DataSource.class, Guarded.Literal.of("payments"))
                    .get();

            assertThat(payments).hasToString("@Guarded(\"payments\") DataSource");
            assertThat(number(payments, "SELECT COUNT(*) FROM payment")).isZero();
        }
    }

    private static WeldContainer start(Extensions extensions) {
        return Containers.start(
                extensions,
                Databases.class,
                Shop.class,
                GuardedTest_Shop_DtxBean.class,
                Stock.class,
                GuardedTest_Stock_DtxBean.class,
                Payments.class,
                GuardedTest_Payments_DtxBean.class);
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Depends on beans that use dtx, as configuration may. */
    @ApplicationScoped
    static class Databases {
        @Inject
        Shop shop;

        @Inject
        @Guarded("stock")
        DataSource stock;

        void configure(@Observes Dtx.Builder dtx) throws SQLException {
            assertThat(shop).isNotNull();
            assertThat(stock).isNotNull();
            dtx.config("dtx.log", "memory")
                    .resource(
                            "stock",
                            database(
                                    "stock",
                                    "CREATE TABLE item (amount INT, undone INT)",
                                    "INSERT INTO item VALUES (10, 0)"))
                    .resource("payments", database("payments", "CREATE TABLE payment (amount INT)"));
        }

        private static DataSource database(String name, String... statements) throws SQLException {
            JdbcDataSource database = new JdbcDataSource();
            database.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
            execute(database, "DROP ALL OBJECTS");
            for (String each : statements) {
                execute(database, each);
            }
            return database;
        }
    }

    @ApplicationScoped
    static class Shop {
        @Inject
        Stock stock;

        @Inject
        Payments payments;

        @DistributedTransaction
        public void buy(int amount, int price) throws SQLException {
            stock.take(amount);
            payments.pay(price);
        }

        @DistributedTransaction
        public void commitInside() throws SQLException {
            payments.payAndCommit();
        }

        @DistributedTransaction
        public void reachAcross() throws SQLException {
            payments.payFromStock();
        }

        int left() throws SQLException {
            return number(stock.database(), "SELECT amount FROM item");
        }

        int undone() throws SQLException {
            return number(stock.database(), "SELECT undone FROM item");
        }

        int paid() throws SQLException {
            return number(payments.database(), "SELECT SUM(amount) FROM payment");
        }
    }

    @ApplicationScoped
    static class Stock {
        @Inject
        @Guarded("stock")
        DataSource database;

        @SagaStep(compensate = "giveBack", resource = "stock")
        public int take(int amount) throws SQLException {
            execute(database, "UPDATE item SET amount = amount - " + amount);
            return amount;
        }

        void giveBack(int amount, @StepResult int taken) throws SQLException {
            execute(database, "UPDATE item SET amount = amount + " + taken + ", undone = undone + 1");
        }

        DataSource database() {
            return database;
        }
    }

    @ApplicationScoped
    static class Payments {
        private final DataSource database;
        private final DataSource stock;

        @Inject
        Payments(@Guarded("payments") DataSource database, @Guarded("stock") DataSource stock) {
            this.database = database;
            this.stock = stock;
        }

        Payments() {
            this(null, null);
        }

        @SagaStep(compensate = SagaStep.NONE, resource = "payments")
        public void pay(int price) throws SQLException {
            execute(database, "INSERT INTO payment VALUES (" + price + ")");
            if (price > 70) {
                throw new IllegalArgumentException("too dear");
            }
        }

        @SagaStep(compensate = SagaStep.NONE, resource = "payments")
        public void payAndCommit() throws SQLException {
            database.getConnection().commit();
        }

        @SagaStep(compensate = SagaStep.NONE, resource = "payments")
        public void payFromStock() throws SQLException {
            execute(stock, "UPDATE item SET amount = 0");
        }

        DataSource database() {
            return database;
        }
    }
}
