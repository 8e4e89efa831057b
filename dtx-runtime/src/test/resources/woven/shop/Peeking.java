package shop;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/** Returns how many bytes are allocated by calls of a transaction that supports a caller's, without one. */
public final class Peeking implements LongSupplier {
    private static final int CALLS = 10_000;

    private int sum;

    @Override
    public long getAsLong() {
        peek(Till.open());
        Till till = Till.open();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        before = threads.getCurrentThreadAllocatedBytes();
        peek(till);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private void peek(Till till) {
        for (int i = 0; i < CALLS; i++) {
            sum = till.peek(sum);
        }
    }
}
