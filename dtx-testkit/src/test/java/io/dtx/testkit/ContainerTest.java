package io.dtx.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.cdi.Guarded;
import io.dtx.runtime.Dtx;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.jboss.weld.environment.se.Weld;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The application lives in a CDI container: each life of it is a container of its own. */
class ContainerTest {

    private static final ThreadLocal<TestDtx> BOOTING = new ThreadLocal<>();

    /** Takes the place of the application's configuration. */
    @Dependent
    public static class Resources {
        void configure(@Observes Dtx.Builder builder) {
            BOOTING.get().configure(builder);
        }
    }

    @RegisterExtension
    final DtxExtension dtx = DtxExtension.inMemory("stock");

    @Test
    void a_step_is_compensated_by_the_beans_of_the_next_container() throws SQLException {
        Counter counter = open(dtx);
        dtx.crashAfter("take");

        assertThatThrownBy(() -> counter.sell(2)).isInstanceOf(SimulatedCrash.class);

        dtx.lastTransaction().assertCompensated("giveBack");
        assertThat(dtx.value("stock", "select available from item")).isEqualTo(10);
    }

    @TestFactory
    Stream<DynamicTest> a_sale_is_whole_or_nothing() throws Exception {
        return dtx.everyCrash(ContainerTest::open, counter -> counter.sell(2))
                .filter(test ->
                        test.getDisplayName().endsWith("the commit of Shelf.take") // containers take time: a slice
                                || test.getDisplayName().endsWith("while Shelf.note is at work"));
    }

    private static Counter open(TestDtx kit) throws SQLException {
        Shelf.fill(kit);
        return kit.boot(() -> container(kit)).select(Counter.class).get();
    }

    private static SeContainer container(TestDtx kit) {
        BOOTING.set(kit);
        try {
            return new Weld()
                    .disableDiscovery()
                    .addExtension(new io.dtx.cdi.DtxExtension())
                    .addPackages(Guarded.class)
                    .addBeanClasses(Counter.class, Shelf.class, Resources.class)
                    .initialize();
        } finally {
            BOOTING.remove();
        }
    }
}
