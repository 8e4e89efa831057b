package io.dtx.examples.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A till whose power is cut at a {@link Point} of its second sale. With a fourth argument {@code unforced} its ledger does not
 * force what it prepares.
 */
final class HaltingTill {

    static final int HALTED = 77;
    private static final int CALLS_PER_SALE = 4;

    private HaltingTill() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        long first = Long.parseLong(arguments[2]);
        Point point = Point.valueOf(arguments[3]);
        boolean forces = arguments.length == 4;
        try (Ledger ledger = new Ledger(new HaltingFile(directory.resolve("ledger"), point, forces));
                Till till = new Till(arguments[0], ledger, directory)) {
            till.sell(first);
            till.sell(first + 1);
        }
    }

    private static final class HaltingFile extends PowerCutFile {

        private final Point point;
        private final boolean forces;
        private int calls;

        HaltingFile(Path path, Point point, boolean forces) throws IOException {
            super(path);
            this.point = point;
            this.forces = forces;
        }

        @Override
        void append(ByteBuffer bytes) throws IOException {
            calls++;
            pass(true);
            super.append(bytes);
            pass(false);
        }

        @Override
        void force() throws IOException {
            calls++;
            pass(true);
            if (forces || calls % CALLS_PER_SALE == 0) {
                super.force();
            }
            pass(false);
        }

        private void pass(boolean before) {
            if (calls == CALLS_PER_SALE + point.call && before == point.before) {
                Runtime.getRuntime().halt(HALTED);
            }
        }
    }
}
