package io.dtx.runtime.atomic;

import io.dtx.spi.BranchId;
import io.dtx.spi.DtxParticipant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Numbers as files in a folder that several processes use: what is prepared is a file of another folder. It survives kills. */
class Folder implements DtxParticipant<Integer> {

    /** What business code works with: one number in each transaction. */
    interface Notes {
        void note(int number);
    }

    private final Path prepared;
    private final Path noted;

    Folder(Path directory) throws IOException {
        prepared = Files.createDirectories(directory.resolve("prepared"));
        noted = Files.createDirectories(directory.resolve("noted"));
    }

    Set<Integer> noted() throws IOException {
        try (Stream<Path> files = Files.list(noted)) {
            return files.map(each -> Integer.valueOf(each.getFileName().toString()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Override
    public Work<Integer> begin(BranchId branch) {
        return new Note(branch);
    }

    @Override
    public void commit(BranchId branch, Integer number) throws IOException {
        try {
            Files.move(prepared.resolve(branch.toString()), noted.resolve(number.toString()));
        } catch (NoSuchFileException e) {
            return; // somebody else has ended it
        }
    }

    @Override
    public void abort(BranchId branch, @Nullable Integer number) throws IOException {
        Files.deleteIfExists(prepared.resolve(branch.toString()));
    }

    @Override
    public Map<BranchId, Integer> inDoubt() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(prepared)) {
            files = all.toList();
        }
        Map<BranchId, Integer> numbers = new HashMap<>();
        for (Path each : files) {
            try {
                numbers.put(
                        BranchId.parse(each.getFileName().toString()),
                        Integer.valueOf(Files.readString(each).strip()));
            } catch (NoSuchFileException e) {
                continue; // somebody else has ended it
            }
        }
        return numbers;
    }

    private final class Note implements Work<Integer>, Notes {

        private final BranchId branch;
        private @Nullable Integer number;

        Note(BranchId branch) {
            this.branch = branch;
        }

        @Override
        public Object handle() {
            return this;
        }

        @Override
        public void note(int noted) {
            number = noted;
        }

        /** Written under another name first: whoever lists it finds all of it. */
        @Override
        public @Nullable Integer prepare() throws IOException {
            Path written = Files.createTempFile(prepared.getParent(), "branch", "");
            Files.writeString(written, String.valueOf(number));
            Files.move(written, prepared.resolve(branch.toString()));
            return number;
        }
    }
}
