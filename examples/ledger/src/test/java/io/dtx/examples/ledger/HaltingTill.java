package io.dtx.examples.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A till whose power is cut at a {@link Point} of its second sale. With a fifth argument {@code unforced} its ledger does not
 * force what it prepares; with {@code killed} only the process ends there, and the power stays on.
 */
final class HaltingTill {

    static final int HALTED = 77;
    private static final int CALLS_PER_SALE = 4;

    private HaltingTill() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        long first = Long.parseLong(arguments[2]);
        Point point = Point.valueOf(arguments[3]);
        String how = arguments.length == 4 ? "" : arguments[4];
        try (Ledger ledger = new Ledger(new HaltingFile(directory.resolve("ledger"), point, how));
                Till till = new Till(arguments[0], ledger, directory)) {
            till.sell(first);
            till.sell(first + 1);
        }
    }

    private static final class HaltingFile extends PowerCutFile {

        private final Point point;
        private final boolean forces;
        private final boolean keepsUnforced;
        private int calls; // below 1 those that are not of a sale: a new file gets a name, and what is found is forced

        HaltingFile(Path path, Point point, String how) throws IOException {
            super(path);
            this.point = point;
            this.calls = Files.size(path) == 0 ? -2 : -1;
            this.forces = !how.equals("unforced");
            this.keepsUnforced = how.equals("killed");
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

        private void pass(boolean before) throws IOException {
            if (calls == CALLS_PER_SALE + point.call && before == point.before) {
                if (keepsUnforced) {
                    writeUnforced();
                }
                Runtime.getRuntime().halt(HALTED);
            }
        }
    }
}
