package io.dtx.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DtxException;
import io.dtx.TransactionContext;
import io.dtx.TransactionId;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DtxLifecycleTest {

    @TempDir
    Path directory;

    @Test
    void calls_before_the_start_and_after_the_end_are_refused_with_the_remedy() throws Exception {
        Dtx dtx = dtx();
        assertThatThrownBy(() -> dtx.call("early", () -> 1)).hasMessageStartingWith("DTX-1004");
        assertThatThrownBy(dtx::transactions).hasMessageStartingWith("DTX-1004");

        dtx.start();
        assertThat(dtx.<Integer>call("now", () -> 1)).isEqualTo(1);

        dtx.close();
        assertThatThrownBy(() -> dtx.call("late", () -> 1)).hasMessageStartingWith("DTX-1014");
        assertThatThrownBy(dtx::start).hasMessageStartingWith("DTX-1014");
    }

    @Test
    void the_log_stays_in_its_directory_and_sessions_go_on_counting() throws Exception {
        TransactionId first;
        TransactionId second;
        try (Dtx dtx = dtx()) {
            dtx.start();
            first = dtx.call("one", () -> TransactionContext.current().id());
        }
        try (Dtx dtx = dtx()) {
            dtx.start();
            second = dtx.call("two", () -> TransactionContext.current().id());
        }
        assertThat(second.cluster()).isEqualTo(first.cluster());
        assertThat(second.session()).isGreaterThan(first.session());
        assertThat(directory).isDirectoryContaining(Files::isRegularFile);
    }

    @Test
    void a_second_user_of_the_directory_is_refused() {
        try (Dtx dtx = dtx()) {
            dtx.start();
            Dtx other = dtx();
            assertThatThrownBy(other::start).hasMessageContaining(directory.toString());
        }
    }

    @Test
    void a_start_that_fails_because_a_library_is_missing_leaves_nothing_open() throws Exception {
        DataSource incomplete = (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, arguments) -> {
                    throw new NoClassDefFoundError("planted");
                });
        Dtx failed = Dtx.builder()
                .config("dtx.log.dir", directory.toString())
                .resource("stock", incomplete)
                .build();
        assertThatThrownBy(failed::start).isInstanceOf(NoClassDefFoundError.class);

        try (Dtx dtx = dtx()) {
            dtx.start();
            assertThat(dtx.<Integer>call("now", () -> 1)).isEqualTo(1);
        }
        failed.close();
    }

    @Test
    void a_class_that_the_processor_has_not_seen_is_refused() {
        try (Dtx dtx = dtx()) {
            assertThatThrownBy(() -> dtx.create(String.class))
                    .isInstanceOf(DtxException.class)
                    .hasMessageContaining("DTX-1003 java.lang.String has no generated java.lang.String_DtxBean");
        }
    }

    private Dtx dtx() {
        return Dtx.builder().config("dtx.log.dir", directory.toString()).build();
    }
}
