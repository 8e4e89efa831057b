package io.dtx.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.CoordinatorUnavailableException;
import io.dtx.DtxException;
import io.dtx.FencedException;
import io.dtx.OutcomeUnknownException;
import io.dtx.TransactionAbortedException;
import io.dtx.TransactionStatus;
import io.dtx.TransactionTimeoutException;
import io.dtx.runtime.DtxOverLog;
import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.coordinator.Member;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.runtime.order.OrderService;
import io.dtx.runtime.order.PaymentService;
import io.dtx.runtime.order.StockService;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.testdb.H2Fixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes of one application over one member, and what happens when one of them falls silent. */
class SessionsOverMembersTest {

    private static final long TIMEOUT_MILLIS = 600;

    private final ExecutorService readers = Executors.newFixedThreadPool(2);
    private final Member member = new Member(new MemoryLog(), Limits.DEFAULT, TIMEOUT_MILLIS);
    private volatile List<String> addresses = List.of();
    private final AtomicInteger beats = new AtomicInteger();
    private final MemberService service = new MemberService(member, readers, 256, this::addresses);
    private final TestDatabase stock = H2Fixture.freshDatabase();
    private final TestDatabase payments = H2Fixture.freshDatabase();
    private final List<Shop> shops = new ArrayList<>();

    @BeforeEach
    void start() {
        stock.execute(
                "create table item(sku varchar primary key, available int)",
                "create table reservation(id bigint auto_increment primary key, sku varchar, quantity int)",
                "insert into item values ('tea', 1000)");
        payments.execute(
                "create table account(customer varchar primary key, balance decimal(10,2))",
                "insert into account values ('ada', 1000)");
        member.open(() -> {});
    }

    @AfterEach
    void stop() {
        shops.forEach(each -> each.dtx.close());
        member.close();
        readers.shutdownNow();
    }

    @Test
    void an_order_of_one_process_is_seen_by_the_other() throws SQLException {
        Shop one = process("one");
        Shop two = process("two");

        one.order(3, 30);

        assertThat(available()).isEqualTo(997);
        assertThat(balance()).isEqualTo(970);
        assertThat(two.dtx.transactions().list(any -> true))
                .extracting(each -> each.status())
                .containsExactly(TransactionStatus.COMMITTED);
    }

    @Test
    void an_order_that_fails_is_undone() throws SQLException {
        Shop one = process("one");

        assertThatThrownBy(() -> one.order(3, 3_000)).hasMessage("ada has not enough money");

        assertThat(available()).isEqualTo(1_000);
        assertThat(balance()).isEqualTo(1_000);
    }

    @Test
    void what_a_silent_process_left_is_undone_by_another_and_it_is_told_the_truth_when_it_wakes_up() throws Exception {
        Shop sleeper = process("sleeper");
        process("other");
        ExecutorService caller = Executors.newSingleThreadExecutor();
        sleeper.payments.beforeConnection = () -> {
            sleeper.channel.cut = true; // the stock is reserved, and then nothing is heard of the process
            await(() -> available() == 1_000);
            sleeper.channel.cut = false;
        };

        Future<?> order = caller.submit(() -> {
            sleeper.order(3, 30);
            return null;
        });

        assertThatThrownBy(() -> order.get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfAny(TransactionAbortedException.class, FencedException.class);
        assertThat(available()).isEqualTo(1_000);
        assertThat(balance()).isEqualTo(1_000);
        sleeper.payments.beforeConnection = () -> {};
        sleeper.order(1, 10);
        assertThat(available()).isEqualTo(999);
        assertThat(balance()).isEqualTo(990);
        caller.shutdownNow();
    }

    @Test
    void answers_that_are_lost_change_nothing() throws SQLException {
        Shop one = process("one");
        one.channel.losesEvery = 7;

        int committed = 0;
        for (int i = 0; i < 12; i++) {
            boolean fails = i % 3 == 2;
            if (fails) {
                assertThatThrownBy(() -> one.order(1, 5_000)).hasMessage("ada has not enough money");
            } else {
                one.order(1, 10);
                committed++;
            }
        }

        assertThat(one.channel.lost.get()).isPositive();
        one.channel.losesEvery = 0;
        await(() -> one.dtx
                        .transactions()
                        .list(each -> each.status() == TransactionStatus.COMPENSATED)
                        .size()
                == 4);
        assertThat(available()).isEqualTo(1_000 - committed);
        assertThat(balance()).isEqualTo(1_000 - 10L * committed);
    }

    @Test
    void a_caller_is_not_kept_waiting_for_members_that_do_not_answer() throws Exception {
        Shop lonely = process(
                "lonely",
                Map.of("dtx.transaction.\"OrderService.place\".timeout", "1s", "dtx.compensation.wait", "500ms"));
        process("other");
        ExecutorService caller = Executors.newSingleThreadExecutor();
        lonely.payments.beforeConnection = () -> lonely.channel.cut = true;
        long begin = System.nanoTime();

        Future<?> order = caller.submit(() -> {
            lonely.order(3, 30);
            return null;
        });

        assertThatThrownBy(() -> order.get(20, TimeUnit.SECONDS))
                .cause()
                .satisfies(told -> assertThat(told instanceof OutcomeUnknownException // the intent was sent before
                                || (told instanceof TransactionTimeoutException
                                        && told.getSuppressed()[0].getMessage().startsWith("DTX-2038")))
                        .as(told.toString())
                        .isTrue());
        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(10));
        await(() -> available() == 1_000);
        caller.shutdownNow();
        shops.remove(lonely);
        lonely.dtx.close();
    }

    @Test
    void what_does_not_fit_into_a_frame_is_refused_and_nothing_else() throws SQLException {
        Shop one = process("one");

        String endless = "x".repeat(300_000);
        payments.execute("insert into account values (repeat('x', 300000), 100)");

        assertThatThrownBy(() -> one.orders.place(endless, "tea", 1, BigDecimal.TEN))
                .hasMessageContaining("DTX-2028")
                .isNotInstanceOf(CoordinatorUnavailableException.class);

        one.order(1, 10);
        assertThat(available()).isEqualTo(999);
    }

    @Test
    void a_session_that_others_end_before_its_process_has_started_is_replaced_by_one_that_can_be_used()
            throws Exception {
        Shop slow = new Shop("slow", Map.of());
        shops.add(slow);
        AtomicInteger ended = new AtomicInteger();
        slow.payments.beforeConnection = () -> {
            if (openSessions() == 1 && ended.getAndIncrement() == 0) {
                slow.channel.cut = true;
                await(() -> openSessions() == 0);
                slow.channel.cut = false;
                await(() -> openSessions() == 1);
            }
        };
        ExecutorService starter = Executors.newSingleThreadExecutor();

        starter.submit(slow.dtx::start).get(20, TimeUnit.SECONDS);
        starter.shutdownNow();
        slow.order(1, 10);

        assertThat(ended.get()).isPositive();
        assertThat(available()).isEqualTo(999);
        assertThat(balance()).isEqualTo(990);
    }

    @Test
    void nobody_but_a_member_ends_a_session() throws SQLException {
        Shop one = process("one");
        long session = member.openSessions().sessions().get(0).id();
        byte[] request = Wire.batch(new SessionBatch(0, 0, 0, List.of(new LogCommand.ExpireSession(session))));

        byte[] answer = service.answer(request).join();

        assertThat(answer[0]).isEqualTo(Wire.REFUSED);
        assertThat(new String(answer, StandardCharsets.UTF_8)).contains("DTX-7050");
        one.order(1, 10);
        assertThat(member.openSessions().contains(session)).isTrue();
    }

    @Test
    void a_process_learns_where_the_members_are_now_and_keeps_those_that_it_was_told_first() throws SQLException {
        Shop shop = new Shop("one", Map.of());
        shops.add(shop);
        FaultyChannel second = new FaultyChannel("m2", () -> service);
        FaultyChannel third = new FaultyChannel("m3", () -> service);
        shop.channel.others.putAll(Map.of("m2", second, "m3", third));
        shop.dtx.start();
        shop.order(1, 10);

        addresses = List.of("nowhere", "m2", "m3");
        shop.awaitBeats();
        shop.channel.cut = true; // the only one that was configured is gone
        shop.order(1, 10);
        addresses = List.of("m3");
        shop.awaitBeats();
        assertThat(second.cut).as("one that left is not asked any more").isTrue();
        shop.order(1, 10);
        addresses = List.of();
        shop.channel.cut = false;
        third.cut = true; // another one stands at the first address
        shop.order(1, 10);

        assertThat(available()).isEqualTo(996);
        assertThat(shop.dtx.transactions().list(any -> true)).hasSize(4);
    }

    @Test
    void a_process_that_finds_no_member_says_whom_it_asked() {
        Shop lonely = new Shop("lonely", Map.of());
        lonely.channel.cut = true;

        assertThatThrownBy(lonely.dtx::start)
                .isInstanceOf(DtxException.class)
                .hasMessageContaining("DTX-7046 no member of the cluster answers as its leader (m1)");
    }

    /** Asked for each heartbeat. */
    private List<String> addresses() {
        beats.incrementAndGet();
        return addresses;
    }

    private Shop process(String node) {
        return process(node, Map.of());
    }

    private Shop process(String node, Map<String, String> config) {
        Shop shop = new Shop(node, config);
        shops.add(shop);
        shop.dtx.start();
        return shop;
    }

    private int openSessions() {
        return member.openSessions().sessions().size();
    }

    private long available() {
        return stock.number("select available from item");
    }

    private long balance() {
        return payments.number("select balance from account");
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 15 s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private final class Shop {
        final FaultyChannel channel = new FaultyChannel("m1", () -> service);
        final HookedDataSource payments = new HookedDataSource(SessionsOverMembersTest.this.payments.unpooled());
        final DtxOverLog dtx;
        private final OrderService orders;

        Shop(String node, Map<String, String> config) {
            Map<String, String> values = new HashMap<>(config);
            values.put("dtx.application", "shop");
            values.put("dtx.node", node);
            dtx = DtxOverLog.over(
                    new MembersLink(List.of(channel), TIMEOUT_MILLIS, () -> {}, 2_000),
                    values,
                    Map.of("stock", stock.unpooled(), "payments", payments));
            StockService shelves = dtx.create(StockService.class, dtx.resource("stock"));
            PaymentService accounts = dtx.create(PaymentService.class, dtx.resource("payments"));
            orders = dtx.create(OrderService.class, shelves, accounts);
        }

        /** Waits until the answers to two heartbeats that were sent from now on have been heard. */
        void awaitBeats() {
            int before = beats.get();
            await(() -> beats.get() >= before + 3); // the one under way, and two others: the first of them was heard
        }

        void order(int quantity, int total) throws SQLException {
            orders.place("ada", "tea", quantity, BigDecimal.valueOf(total));
        }
    }
}
