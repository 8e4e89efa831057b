package io.dtx.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.testkit.BrokenShop.Bug;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A call of one step twice: whatever can go wrong goes wrong with each of them. */
class RepeatedStepTest {

    @RegisterExtension
    final DtxExtension dtx = DtxExtension.inMemory("stock", "payments");

    @Test
    void no_two_tests_have_one_name_and_each_compensation_fails_is_repeated_and_loses_its_commit() throws Exception {
        List<String> names = tests().map(DynamicTest::getDisplayName).toList();

        assertThat(names)
                .doesNotHaveDuplicates()
                .contains("an exception after BrokenShop.reserve has taken effect")
                .contains("an exception after BrokenShop.reserve has taken effect, time 2")
                .contains("compensating BrokenShop.reserve fails once")
                .contains("compensating BrokenShop.reserve fails once, time 2")
                .contains("compensating BrokenShop.reserve is repeated: the first answer is lost, time 2")
                .contains("the connection breaks before the commit of compensating BrokenShop.reserve, time 2")
                .contains("the connection breaks after the commit of compensating BrokenShop.reserve, time 2")
                .contains("the connection breaks after the commit of the tombstone of BrokenShop.reserve");
    }

    @TestFactory
    Stream<DynamicTest> what_goes_wrong_the_second_time_is_mended_too() throws Exception {
        return tests().filter(each -> each.getDisplayName().contains("compensating")
                && each.getDisplayName().endsWith("time 2"));
    }

    private Stream<DynamicTest> tests() throws Exception {
        return dtx.everyCrash(
                kit -> {
                    Shop.fill(kit);
                    return kit.create(BrokenShop.class, Bug.NONE, kit.resource("stock"), kit.database("payments"));
                },
                shop -> shop.sellInParts(2, 1));
    }
}
