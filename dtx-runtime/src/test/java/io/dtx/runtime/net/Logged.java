package io.dtx.runtime.net;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the package logs while this is open. */
final class Logged implements AutoCloseable {

    private final Logger logger = Logger.getLogger("io.dtx.runtime.net");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                lines.add(line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    Logged() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    /** Returns the warnings and errors so far. */
    List<String> lines() {
        return lines;
    }

    /** Returns those with this code. */
    List<String> lines(int code) {
        return lines.stream()
                .filter(each -> each.startsWith("DTX-" + code + " "))
                .toList();
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }
}
