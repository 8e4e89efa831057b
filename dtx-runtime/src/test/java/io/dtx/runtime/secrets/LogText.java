package io.dtx.runtime.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What dtx logs, at every level, as it would stand in a log file. */
final class LogText implements AutoCloseable {

    private final Logger logger = Logger.getLogger("io.dtx");
    private final Level before = logger.getLevel();
    private final List<String> records = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            records.add(new SimpleFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    LogText() {
        logger.setLevel(Level.ALL);
        handler.setLevel(Level.ALL);
        logger.addHandler(handler);
    }

    /** Returns all of it. */
    String all() {
        return String.join("", records);
    }

    /** Returns what is logged with a code, as soon as it was said so many times. */
    String await(String code, int times) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (of(code).size() < times) {
            assertThat(System.nanoTime() - end).as("within 20 s").isNegative();
            LockSupport.parkNanos(1_000_000);
        }
        return String.join("", of(code));
    }

    private List<String> of(String code) {
        return records.stream().filter(each -> each.contains(code)).toList();
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setLevel(before);
    }
}
