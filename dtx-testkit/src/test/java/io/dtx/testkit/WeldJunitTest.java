package io.dtx.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.cdi.Guarded;
import io.dtx.runtime.Dtx;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The container is weld-junit5's: it takes its Dtx from the test kit. */
@EnableWeld
class WeldJunitTest {

    @RegisterExtension
    static final DtxExtension DTX = DtxExtension.inMemory("stock");

    @WeldSetup
    WeldInitiator weld = WeldInitiator.of(new Weld()
            .disableDiscovery()
            .addExtension(new io.dtx.cdi.DtxExtension())
            .addPackages(Guarded.class)
            .addBeanClasses(Counter.class, Shelf.class, Resources.class));

    /** Takes the place of the application's configuration. */
    @Dependent
    public static class Resources {
        void configure(@Observes Dtx.Builder builder) {
            DTX.configure(builder);
        }
    }

    @Inject
    Counter counter;

    @BeforeEach
    void fill() throws SQLException {
        Shelf.fill(DTX);
    }

    @Test
    void a_sale_commits() throws SQLException {
        counter.sell(2);

        DTX.lastTransaction().assertCommitted();
        assertThat(DTX.value("stock", "select available from item")).isEqualTo(8);
    }

    @Test
    void a_sale_that_fails_is_taken_back() {
        DTX.failBefore("note");

        assertThatThrownBy(() -> counter.sell(2)).isInstanceOf(InjectedFailure.class);

        DTX.lastTransaction().assertCompensated("giveBack");
    }

    @Test
    void a_crash_needs_a_container_that_the_kit_can_boot_again() {
        DTX.crashAfter("take");

        assertThatThrownBy(() -> counter.sell(2)).isInstanceOf(SimulatedCrash.class);

        assertThatThrownBy(DTX::lastTransaction).hasMessageContaining("DTX-8512");
    }
}
