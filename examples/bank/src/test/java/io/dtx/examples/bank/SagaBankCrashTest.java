package io.dtx.examples.bank;

import io.dtx.testkit.DtxExtension;
import io.dtx.testkit.TestDtx;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Entity managers under steps: whatever goes wrong, all that a customer has is moved, or nothing. */
class SagaBankCrashTest {

    @RegisterExtension
    final DtxExtension dtx = DtxExtension.inMemory("savings", "checking")
            .persistenceUnit("savings", "accounts")
            .persistenceUnit("checking", "accounts");

    /** Each process makes its persistence units, which takes time: a slice, of what goes wrong in and around the commits. */
    @TestFactory
    Stream<DynamicTest> an_amalgamation_is_whole_or_nothing() throws Exception {
        return dtx.everyCrash(SagaBankCrashTest::open, bank -> bank.amalgamate(17, 1, 2))
                .filter(test -> test.getDisplayName().startsWith("the connection breaks after")
                        || test.getDisplayName().contains("is taken back")
                        || test.getDisplayName().equals("others take over while CheckingSteps.receive is at work"));
    }

    private static SagaBank open(TestDtx kit) throws SQLException {
        for (String each : Databases.NAMES) {
            kit.execute(
                    each,
                    "create table account(customer int primary key, balance bigint)",
                    "create table posting(id bigint primary key, transaction bigint, customer int, cents bigint,"
                            + " cash boolean)",
                    "insert into account values (1, 500), (2, 70)");
        }
        SagaBank bank = kit.create(SagaBank.class);
        bank.savings = kit.create(SavingsSteps.class);
        bank.savings.savings = kit.resource("savings", EntityManager.class);
        bank.checking = kit.create(CheckingSteps.class);
        bank.checking.checking = kit.resource("checking", EntityManager.class);
        return bank;
    }
}
