package io.dtx.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.TransactionStatus;
import io.dtx.runtime.Dtx;
import io.dtx.runtime.DtxMember;
import io.dtx.runtime.DtxOverLog;
import io.dtx.runtime.net.Address;
import io.dtx.runtime.net.ClusterIdentity;
import io.dtx.runtime.net.NetOptions;
import io.dtx.runtime.net.Network;
import io.dtx.runtime.net.Role;
import io.dtx.runtime.order.OrderService;
import io.dtx.runtime.order.PaymentService;
import io.dtx.runtime.order.StockService;
import io.dtx.runtime.testdb.FreePort;
import io.dtx.runtime.testdb.H2Fixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes and a member with a file log, over real sockets; the member goes and comes back. */
class SessionsOverSocketsTest {

    @TempDir
    Path directory;

    private final TestDatabase stock = H2Fixture.freshDatabase();
    private final TestDatabase payments = H2Fixture.freshDatabase();
    private final List<Dtx> opened = new ArrayList<>();
    private DtxMember member;
    private int number;

    @BeforeEach
    void start() throws Exception {
        stock.execute(
                "create table item(sku varchar primary key, available int)",
                "create table reservation(id bigint auto_increment primary key, sku varchar, quantity int)",
                "insert into item values ('tea', 1000)");
        payments.execute(
                "create table account(customer varchar primary key, balance decimal(10,2))",
                "insert into account values ('ada', 1000)");
        number = FreePort.next();
        listen(number);
    }

    @AfterEach
    void stop() {
        opened.forEach(Dtx::close);
        member.close();
    }

    @Test
    void two_processes_order_through_a_member() throws Exception {
        OrderService one = process("one");
        OrderService two = process("two");

        one.place("ada", "tea", 3, BigDecimal.TEN);
        two.place("ada", "tea", 4, BigDecimal.TEN);
        assertThatThrownBy(() -> two.place("ada", "tea", 1, new BigDecimal("5000")))
                .hasMessage("ada has not enough money");

        assertThat(stock.number("select available from item")).isEqualTo(993);
        assertThat(opened.get(0).transactions().list(any -> true))
                .extracting(each -> each.status())
                .containsExactlyInAnyOrder(
                        TransactionStatus.COMMITTED, TransactionStatus.COMMITTED, TransactionStatus.COMPENSATED);
    }

    @Test
    void a_member_that_was_started_again_goes_on_with_the_same_sessions() throws Exception {
        OrderService one = process("one");
        one.place("ada", "tea", 3, BigDecimal.TEN);

        member.close();
        Thread order = new Thread(() -> place(one));
        order.start();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
        listen(number);
        order.join(TimeUnit.SECONDS.toMillis(20));

        assertThat(stock.number("select available from item")).isEqualTo(990);
        assertThat(opened.get(0).transactions().list(any -> true))
                .extracting(each -> each.status())
                .containsExactly(TransactionStatus.COMMITTED, TransactionStatus.COMMITTED);
    }

    @Test
    void a_process_whose_connection_breaks_is_taken_over_before_its_session_would_end() throws Exception {
        member.close();
        listen(number, "20s");
        process("survivor");
        Network breaking = Network.open(NetOptions.plaintext(Role.APPLICATION), new ClusterIdentity(0));
        HookedDataSource slow = new HookedDataSource(payments.unpooled());
        DtxOverLog dead = DtxOverLog.over(
                new MembersLink(
                        NetChannel.to(List.of(new Address("127.0.0.1", number)), breaking.client()), 20_000, breaking),
                Map.of("dtx.application", "shop", "dtx.node", "dead", "dtx.close.wait", "100ms"),
                Map.of("stock", stock.unpooled(), "payments", slow));
        OrderService orders = dead.create(
                OrderService.class,
                dead.create(StockService.class, dead.resource("stock")),
                dead.create(PaymentService.class, dead.resource("payments")));
        dead.start();
        AtomicLong broke = new AtomicLong();
        CountDownLatch over = new CountDownLatch(1);
        slow.beforeConnection = () -> {
            breaking.close();
            broke.set(System.nanoTime());
            awaitQuietly(over);
        };
        ExecutorService caller = Executors.newSingleThreadExecutor();
        Future<?> order = caller.submit(() -> orders.place("ada", "tea", 5, BigDecimal.TEN));

        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while ((broke.get() == 0 || stock.number("select available from item") != 1_000)
                && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - broke.get());
        over.countDown();

        assertThat(millis).as("ms").isLessThan(10_000);
        System.out.println("TAKEOVER " + millis + " ms after the connection broke");
        assertThat(stock.number("select available from item")).isEqualTo(1_000);
        assertThat(payments.number("select balance from account")).isEqualTo(1_000);
        dead.close();
        assertThatThrownBy(() -> order.get(60, TimeUnit.SECONDS)).isNotNull();
        caller.shutdownNow();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void place(OrderService orders) {
        try {
            orders.place("ada", "tea", 7, BigDecimal.TEN);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void listen(int at) {
        listen(at, "1s");
    }

    private void listen(int at, String sessionTimeout) {
        member = DtxMember.start(Map.of(
                "dtx.log.dir",
                directory.toString(),
                "dtx.member.listen",
                "127.0.0.1:" + at,
                "dtx.session.timeout",
                sessionTimeout));
    }

    private OrderService process(String node) {
        Dtx dtx = Dtx.builder()
                .config("dtx.log", "raft")
                .config("dtx.members", "127.0.0.1:" + number)
                .config("dtx.session.timeout", "1s")
                .config("dtx.application", "shop")
                .config("dtx.node", node)
                .resource("stock", stock.unpooled())
                .resource("payments", payments.unpooled())
                .build();
        opened.add(dtx);
        OrderService orders = dtx.create(
                OrderService.class,
                dtx.create(StockService.class, dtx.resource("stock")),
                dtx.create(PaymentService.class, dtx.resource("payments")));
        dtx.start();
        return orders;
    }
}
