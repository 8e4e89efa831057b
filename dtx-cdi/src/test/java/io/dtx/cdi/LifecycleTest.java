package io.dtx.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DistributedTransaction;
import io.dtx.cdi.Containers.Extensions;
import io.dtx.runtime.Dtx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When dtx is configured, started and closed. */
class LifecycleTest {

    private static final List<String> TRACE = new ArrayList<>();

    @TempDir
    Path directory;

    @BeforeEach
    void useTheDirectory() {
        Settings.directory = directory;
        Settings.observed = 0;
        TRACE.clear();
    }

    @AfterEach
    void useMemory() {
        Settings.directory = null;
    }

    @Test
    void it_starts_with_the_container_although_nobody_has_used_it() {
        try (WeldContainer container = start(Work.class)) {
            assertThat(container.isRunning()).isTrue();
            assertThat(directory).isDirectoryContaining(Files::isRegularFile);
            assertThat(Settings.observed).isEqualTo(1);
        }
    }

    @Test
    void it_is_configured_once_however_often_it_is_used() {
        try (WeldContainer container = start(Work.class)) {
            container.select(Work.class).get().work("one");
            container.select(Work.class).get().work("two");
            assertThat(container.select(Dtx.class).get())
                    .isSameAs(container.select(Dtx.class).get());

            assertThat(Settings.observed).isEqualTo(1);
        }
    }

    @Test
    void it_stays_away_from_an_application_without_transactions() {
        try (WeldContainer container = Containers.start(Extensions.PORTABLE)) {
            assertThat(container.isRunning()).isTrue();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void it_runs_before_and_after_the_observers_of_the_application() {
        try (WeldContainer container = start(Work.class, Early.class, Late.class)) {
            assertThat(container.isRunning()).isTrue();
            assertThat(TRACE).containsExactly("early");
        }
        assertThat(TRACE).containsExactly("early", "late");
    }

    @Test
    void it_is_closed_after_the_container() {
        Dtx dtx;
        try (WeldContainer container = start(Work.class)) {
            dtx = container.select(Dtx.class).get();
        }
        assertThatThrownBy(() -> dtx.call("late", () -> 1)).hasMessageStartingWith("DTX-1014");
        try (WeldContainer next = start(Work.class)) {
            assertThat(next.select(Work.class).get().work("next")).isEqualTo("next");
        }
    }

    private static WeldContainer start(Class<?>... beans) {
        WeldContainer container = Containers.start(Extensions.PORTABLE, concat(beans));
        return container;
    }

    private static Class<?>[] concat(Class<?>... beans) {
        List<Class<?>> all = new ArrayList<>(List.of(beans));
        all.add(Settings.class);
        return all.toArray(Class<?>[]::new);
    }

    @ApplicationScoped
    static class Work {
        @DistributedTransaction
        public String work(String what) {
            TRACE.add(what);
            return what;
        }
    }

    @Dependent
    static class Early {
        @Inject
        Work work;

        void run(@Observes @Initialized(ApplicationScoped.class) @Priority(1) Object up) {
            work.work("early");
        }
    }

    @Dependent
    static class Late {
        @Inject
        Work work;

        void run(@Observes @BeforeDestroyed(ApplicationScoped.class) @Priority(9_999) Object down) {
            work.work("late");
        }
    }
}
