package io.dtx.runtime.participant.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.arjuna.common.Uid;
import io.dtx.TransactionId;
import io.dtx.runtime.participant.DecisionLog;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A decision that was asked for, of which nobody hears, because this thread has failed: it may be on its way to the log. */
class OpenTransactionTest {

    static Stream<Throwable> failures() {
        return Stream.of(new OutOfMemoryError("planted"), new IllegalStateException("planted"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void no_branch_is_rolled_back_while_a_decision_may_be_on_its_way(Throwable failure) {
        DecisionLog log = (DecisionLog) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DecisionLog.class}, (self, method, arguments) -> {
                    if (method.getName().equals("record")) {
                        throw failure;
                    }
                    return false;
                });
        OpenTransactions open = new OpenTransactions(log, () -> {}, new Hands(Runnable::run, 0), new Stores(Map.of()));
        OpenTransaction transaction = new OpenTransaction(
                new TransactionId(1, 1, 1), new Uid(), open.manager(), log, open, new Together(() -> null, paces -> {
                    throw new AssertionError(paces);
                }));

        assertThatThrownBy(() -> transaction.decide(new byte[0]))
                .as("Narayana takes an exception for a decision that was not written")
                .isInstanceOf(Error.class);

        assertThat(transaction.mayRollBack()).isFalse();
    }
}
