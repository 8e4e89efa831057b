package io.dtx;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionIdTest {

    private static final long[] CLUSTERS = {0, 1, Long.MAX_VALUE, Long.MIN_VALUE, -1};
    private static final long[] NUMBERS = {1, 2, 35, 36, 1L << 40};

    @Test
    void ids_are_in_the_order_of_cluster_session_and_number() {
        Comparator<TransactionId> order = Comparator.<TransactionId, BigInteger>comparing(
                        id -> new BigInteger(Long.toUnsignedString(id.cluster())))
                .thenComparing(TransactionId::session)
                .thenComparing(TransactionId::number);
        List<TransactionId> ids = all();

        for (TransactionId one : ids) {
            for (TransactionId other : ids) {
                assertThat(Integer.signum(one.compareTo(other)))
                        .as(one + " and " + other)
                        .isEqualTo(Integer.signum(order.compare(one, other)));
                assertThat(one.compareTo(other) == 0).isEqualTo(one.equals(other));
            }
        }
    }

    private static List<TransactionId> all() {
        List<TransactionId> ids = new ArrayList<>();
        for (long cluster : CLUSTERS) {
            for (long session : NUMBERS) {
                for (long number : NUMBERS) {
                    ids.add(new TransactionId(cluster, session, number));
                }
            }
        }
        return ids;
    }
}
