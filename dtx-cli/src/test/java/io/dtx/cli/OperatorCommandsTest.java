package io.dtx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.DtxMember;
import io.dtx.runtime.DtxOperator;
import io.dtx.runtime.Transactions;
import io.dtx.runtime.participant.ResourceUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.Driver;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees and does, over a real connection with a real member and its application. */
class OperatorCommandsTest {

    @TempDir
    Path directory;

    private DtxMember member;
    private Application shop;
    private String members;

    @BeforeEach
    void start() throws Exception {
        member = DtxMember.start(Map.of("dtx.log.dir", directory.toString(), "dtx.member.listen", "127.0.0.1:0"));
        shop = new Application(member.port(), Map.of());
        members = "127.0.0.1:" + member.port();
    }

    @AfterEach
    void stop() {
        shop.close();
        member.close();
    }

    @Test
    void transactions_are_listed_filtered_and_shown() throws Exception {
        TransactionId fine = shop.order(1);
        TransactionId parked = shop.park(false);

        Run all = Run.of("tx", "list", "--members", members);
        Run some = Run.of("tx", "list", "--members", members, "--status", "parked,active");
        Run named = Run.of("tx", "list", "--members", members, "--name", "order", "--json");
        Run limited = Run.of("tx", "list", "--members", members, "--limit", "1");
        Run shown = Run.of("tx", "show", parked.toString(), "--members", members);
        Run json = Run.of("tx", "show", parked.toString(), "--members", members, "--json");

        assertThat(all.out().lines()).hasSize(3).first().asString().startsWith("ID ");
        assertThat(some.out()).contains(parked + "  refused  PARKED").doesNotContain(fine.toString());
        assertThat(JSON.std.listFrom(named.out()))
                .singleElement()
                .satisfies(each -> assertThat((Map<?, ?>) each)
                        .asString()
                        .contains("id=" + fine, "status=COMMITTED", "resolution=null"));
        assertThat(limited.out()).contains(fine.toString()).contains("1 more");
        assertThat(shown.out()).contains("refused  PARKED", "Desk.call", "external", "the line is dead");
        Map<String, Object> history = JSON.std.mapFrom(json.out());
        assertThat(history).containsEntry("status", "PARKED").containsEntry("ended", null);
        assertThat((List<?>) history.get("steps")).hasSize(1);
    }

    @Test
    void a_parked_transaction_goes_on_once_its_cause_is_mended() {
        TransactionId id = shop.park(true);
        shop.desk.breakDown(false);

        Run retried = Run.of("tx", "retry", id.toString(), "--members", members);

        assertThat(retried.exit()).as(retried.err()).isZero();
        shop.await(id, TransactionStatus.COMPENSATED);
        Run again = Run.of("tx", "retry", id.toString(), "--members", members);
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("DTX-8002", "it is COMPENSATED");
    }

    @Test
    void a_parked_transaction_of_external_steps_is_resolved_with_its_reason() {
        TransactionId id = shop.park(false);

        Run resolved = Run.of(
                "tx", "resolve", id.toString(), "compensated", "--reason", "cancelled by phone", "--members", members);

        assertThat(resolved.exit()).as(resolved.err()).isZero();
        assertThat(Run.of("tx", "show", id.toString(), "--members", members).out())
                .contains("RESOLVED", "cancelled by phone");
    }

    @Test
    void a_step_is_closed_in_its_database_before_its_transaction_is_resolved() throws Exception {
        TransactionId id = shop.park(true);
        String[] resolve = {"tx", "resolve", id.toString(), "COMMITTED", "--reason", "kept", "--members", members};

        Run without = Run.of(resolve);
        Run wrong = Run.of(with(resolve, "--resource", "stock=" + Application.newDatabase()));
        String jar = Path.of(Driver.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        Run resolved = Run.of(with(resolve, "--resource", "stock=" + shop.url(), "--driver", jar));

        assertThat(without.exit()).isEqualTo(1);
        assertThat(without.err())
                .contains("DTX-8005 resource \"stock\"", "--resource stock=jdbc:", "Dtx.transactions().resolve");
        assertThat(wrong.exit()).as(wrong.err()).isEqualTo(1);
        assertThat(resolved.exit()).as(resolved.err()).isZero();
        shop.await(id, TransactionStatus.RESOLVED);
        assertThat(shop.closedRows(id)).as("a tombstone of what undoes it").isEqualTo(1);
        assertThat(shop.openOperators()).isZero();
    }

    @Test
    void nothing_is_closed_while_a_database_of_another_step_is_missing() throws Exception {
        TransactionId id = shop.parkInBoth();
        String[] resolve = {"tx", "resolve", id.toString(), "COMMITTED", "--reason", "kept", "--members", members};

        Run resolved = Run.of(with(resolve, "--resource", "stock=" + shop.url()));

        assertThat(resolved.exit()).isEqualTo(1);
        assertThat(resolved.err()).contains("DTX-8005 resource \"till\"", "Nothing was resolved");
        assertThat(shop.closedRows(id)).isZero();
        shop.desk.breakDown(false);
        assertThat(Run.of("tx", "retry", id.toString(), "--members", members).exit())
                .isZero();
        shop.await(id, TransactionStatus.COMPENSATED);
        assertThat(shop.taken()).isZero();
    }

    @Test
    void a_name_or_a_database_is_given_to_an_operator_once() throws Exception {
        DataSource stock = JdbcConnectionPool.create(shop.url(), "sa", "");
        try (DtxOperator operator = DtxOperator.connect(Map.of("dtx.members", members), Duration.ofSeconds(10))) {
            operator.resource("stock", stock);

            assertThatThrownBy(() -> operator.resource("stock", stock)).hasMessageContaining("DTX-8031");
            assertThatThrownBy(() -> operator.resource("till", stock)).hasMessageContaining("DTX-3007");
        }
    }

    @Test
    void an_operator_goes_on_when_a_database_is_back_that_went_away_without_an_answer() throws Exception {
        TransactionId id = shop.park(true);
        DepartingDatabase stock = new DepartingDatabase(JdbcConnectionPool.create(shop.url(), "sa", ""));
        try (DtxOperator operator = DtxOperator.connect(Map.of("dtx.members", members), Duration.ofSeconds(10))) {
            operator.resource("stock", stock.source());
            Transactions transactions = operator.transactions();
            stock.departAfterCommit();
            assertThatThrownBy(() -> transactions.resolve(id, TransactionStatus.COMMITTED, "kept"))
                    .isInstanceOf(ResourceUnavailableException.class);
            stock.comeBack();
            transactions.resolve(id, TransactionStatus.COMMITTED, "kept");
        }
        shop.await(id, TransactionStatus.RESOLVED);
    }

    @Test
    void an_operator_that_is_closed_takes_no_database() throws Exception {
        DtxOperator operator = DtxOperator.connect(Map.of("dtx.members", members), Duration.ofSeconds(10));
        operator.transactions();
        operator.close();
        DataSource stock = JdbcConnectionPool.create(shop.url(), "sa", "");
        assertThatThrownBy(() -> operator.resource("stock", stock)).hasMessageContaining("DTX-1014");
        assertThat(shop.openOperators()).isZero();
    }

    @Test
    void a_database_without_driver_or_another_one_than_the_step_had_is_refused() throws Exception {
        TransactionId id = shop.park(true);
        String[] resolve = {"tx", "resolve", id.toString(), "COMMITTED", "--reason", "kept", "--members", members};

        Run unknown = Run.of(with(resolve, "--resource", "stock=jdbc:none://db?password=secret"));
        Run noFile = Run.of(with(resolve, "--driver", "none.jar"));
        Run other;
        try (Application another = new Application(member.port(), Map.of("dtx.node", "till-2"))) {
            other = Run.of(with(resolve, "--resource", "stock=" + another.url()));
        }

        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err())
                .contains("DTX-8029", "stock=jdbc:none:…", "--driver")
                .doesNotContain("secret");
        assertThat(noFile.exit()).isEqualTo(2);
        assertThat(noFile.err()).contains("DTX-8029 --driver: there is no file none.jar");
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.err()).contains("DTX-8030 resource \"stock\" of Desk.take");
        shop.await(id, TransactionStatus.PARKED);
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    void the_status_says_who_leads_who_is_silent_and_what_waits() throws IOException {
        shop.park(false);

        Run status = Run.of("status", "--members", members + ",127.0.0.1:1", "--wait", "10s");
        Run json = Run.of("status", "--members", members, "--json");

        assertThat(status.exit()).isZero();
        assertThat(status.out()).containsPattern(members + " +leads +" + member.cluster() + " +\\d+ +1 +0 +1 +0");
        assertThat(status.out()).containsPattern("127.0.0.1:1 +silent");
        assertThat(status.out()).contains("127.0.0.1:1: DTX-5330", "shop         till-1", "tx list --status PARKED");
        assertThat(JSON.std.listFrom(json.out()))
                .singleElement()
                .satisfies(each -> assertThat((Map<?, ?>) each)
                        .asString()
                        .contains("leads=true", "transactions={PARKED=1}", "application=shop"));
    }

    @Test
    void without_a_leader_it_says_so_and_what_was_asked() {
        Run list = Run.of("tx", "list", "--members", "127.0.0.1:1", "--wait", "300ms");
        Run status = Run.of("status", "--members", "127.0.0.1:1", "--wait", "300ms");

        assertThat(list.exit()).isEqualTo(3);
        assertThat(list.err()).contains("DTX-7046", "127.0.0.1:1").hasLineCount(1);
        assertThat(status.exit()).isEqualTo(3);
    }

    @Test
    void wrong_arguments_are_told_from_a_no() {
        assertThat(Run.of("tx", "show", "4711", "--members", members).exit()).isEqualTo(2);
        assertThat(Run.of("tx", "list").err()).contains("DTX-1021");
        assertThat(Run.of("tx", "list").exit()).isEqualTo(2);
        assertThat(Run.of("tx", "list", "--members", members, "--wait", "soon").err())
                .contains("DTX-8011");
        assertThat(Run.of("tx").exit()).isEqualTo(2);
        assertThat(Run.of("tx", "list", "--members", members, "--status", "DONE")
                        .exit())
                .isEqualTo(2);
        String unknown = member.cluster() + "-1-zz";
        assertThat(Run.of("tx", "show", unknown, "--members", members).exit()).isEqualTo(1);
        assertThat(Run.of("tx", "retry", unknown, "--members", members).err()).contains("DTX-8001");
    }

    @Test
    void every_verb_has_a_help_with_its_exit_codes() {
        for (String verb :
                List.of("coordinator", "status", "log check", "tx list", "tx show", "tx retry", "tx resolve")) {
            String[] words = (verb + " --help").split(" ");
            Run help = Run.of(words);
            assertThat(help.exit()).isZero();
            assertThat(help.out()).contains("Usage: dtx " + verb, "Exit codes:");
        }
        assertThat(Run.of("--version").out()).startsWith("dtx ");
    }
}
