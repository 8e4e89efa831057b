package io.dtx.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.dtx.testkit.BrokenShop.Bug;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The matrix finds what is wrong with a shop, and says what. */
class PlantedBugsTest {

    @RegisterExtension
    final DtxExtension dtx = DtxExtension.inMemory("stock", "payments");

    @Test
    void a_compensation_that_does_nothing_is_named_with_what_it_leaves() throws Throwable {
        assertThat(firstFailure(Bug.COMPENSATION_DOES_NOTHING, ending -> {}))
                .hasMessageContaining("the call is left half done: release changed nothing, but BrokenShop.reserve")
                .hasMessageContaining("stock.ITEM - SKU=tea AVAILABLE=10, stock.ITEM + SKU=tea AVAILABLE=8");
    }

    @Test
    void a_compensation_that_gives_back_too_little_is_found_by_the_data() throws Throwable {
        assertThat(firstFailure(Bug.COMPENSATION_GIVES_BACK_TOO_LITTLE, Ending::assertAllOrNothing))
                .hasMessageContaining("left half done")
                .hasMessageContaining("stock.ITEM + SKU=tea AVAILABLE=9")
                .hasMessageContaining("BrokenShop.sell  COMPENSATED");
    }

    @Test
    void a_compensation_that_always_fails_is_told_to_be_parked() throws Throwable {
        assertThat(firstFailure(Bug.COMPENSATION_FAILS_ALWAYS, ending -> {}))
                .hasMessageContaining("it is parked: a compensation keeps failing: BrokenShop.reserve")
                .hasMessageContaining("no such article");
    }

    @Test
    void a_step_that_writes_to_another_database_is_found_by_a_crash_before_its_commit() throws Throwable {
        assertThat(firstFailure(Bug.STEP_WRITES_ELSEWHERE, ending -> {}))
                .hasMessageContaining("something was done beside them")
                .hasMessageContaining("payments.ACCOUNT + CUSTOMER=ada BALANCE=99");
    }

    @Test
    void a_cancellation_that_does_not_look_at_its_key_is_found_by_the_check_of_the_test() throws Throwable {
        BrokenShop[] shop = new BrokenShop[1];
        List<DynamicTest> tests = dtx.everyCrash(
                        kit -> {
                            shop[0] = open(Bug.CANCELS_WITHOUT_KEY, kit);
                            return shop[0];
                        },
                        each -> each.sell(2),
                        ending -> assertThat(shop[0].booked()).isEqualTo(ending.isCommitted() ? 2 : 0))
                .toList();

        assertThat(firstFailure(tests)).hasMessageContaining("-2").hasMessageContaining("undone: BrokenShop.book");
    }

    @Test
    void a_failure_that_the_call_swallows_is_found_by_what_is_missing_in_the_data() throws Throwable {
        assertThat(firstFailure(Bug.SWALLOWS_A_FAILURE, Ending::assertAllOrNothing))
                .hasMessageContaining("at the point \"after the work of BrokenShop.reserve\"")
                .hasMessageContaining("committed half done: [BrokenShop.book] are in effect")
                .hasMessageContaining("stock.ITEM - SKU=tea AVAILABLE=8, stock.ITEM + SKU=tea AVAILABLE=10");
    }

    @Test
    void a_commit_in_spite_of_a_failure_is_found_by_the_step_that_no_database_misses() throws Throwable {
        assertThat(firstFailure(dtx.everyCrash(kit -> open(Bug.NONE, kit), shop -> shop.sellAsFarAsItGoes(2))
                        .toList()))
                .hasMessageContaining("committed half done: [BrokenShop.reserve] are in effect");
    }

    @Test
    void a_call_that_knows_another_way_says_so_by_a_check_of_its_own() throws Exception {
        assertThat(dtx.everyCrash(kit -> open(Bug.NONE, kit), shop -> shop.sellAsFarAsItGoes(2), ending -> {})
                        .limit(3))
                .allSatisfy(each -> each.getExecutable().execute());
    }

    @Test
    void a_call_that_does_not_commit_by_itself_is_refused_with_the_reason() {
        assertThat(catchThrowable(() -> dtx.everyCrash(kit -> open(Bug.NONE, kit), shop -> {
                    shop.sell(2);
                    throw new IllegalArgumentException("and then something else");
                })))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("does not")
                .hasMessageContaining("and then something else");
    }

    private Throwable firstFailure(Bug bug, Check check) throws Throwable {
        return firstFailure(dtx.everyCrash(kit -> open(bug, kit), shop -> shop.sell(2), check)
                .toList());
    }

    private static Throwable firstFailure(List<DynamicTest> tests) throws Throwable {
        for (DynamicTest each : tests) {
            try {
                each.getExecutable().execute();
            } catch (AssertionError e) {
                return e;
            }
        }
        throw new AssertionError("none of " + tests.size() + " tests has found it");
    }

    private static BrokenShop open(Bug bug, TestDtx kit) throws Exception {
        Shop.fill(kit);
        return kit.create(BrokenShop.class, bug, kit.resource("stock"), kit.database("payments"));
    }
}
