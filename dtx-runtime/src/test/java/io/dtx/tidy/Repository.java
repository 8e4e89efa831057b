package io.dtx.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The text files under a directory, build output and editors' files left out.
 *
 * @param root the directory
 * @param files sorted by path
 */
record Repository(Path root, List<SourceFile> files) {
    private static final Set<String> SKIPPED_DIRECTORIES =
            Set.of(".git", ".idea", ".vscode", ".settings", "target", "dtx-data");
    private static final Set<String> TEXT =
            Set.of("java", "md", "xml", "properties", "json", "yml", "yaml", "csv", "txt", "sh", "sql", "run");

    /** The repository that this build runs in. */
    static Repository here() {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null && !Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
        }
        if (directory == null) {
            throw new IllegalStateException("no mvnw in or above " + Path.of("").toAbsolutePath());
        }
        return read(directory);
    }

    static Repository read(Path root) {
        List<SourceFile> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    boolean skipped = !directory.equals(root)
                            && SKIPPED_DIRECTORIES.contains(
                                    directory.getFileName().toString());
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile() && isText(file)) {
                        String path = root.relativize(file).toString().replace('\\', '/');
                        files.add(new SourceFile(path, Files.readString(file)));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.sort((a, b) -> a.path().compareTo(b.path()));
        return new Repository(root, List.copyOf(files));
    }

    private static boolean isText(Path file) {
        String name = file.getFileName().toString();
        return TEXT.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    Stream<SourceFile> java() {
        return files.stream().filter(SourceFile::isJava);
    }

    Stream<SourceFile> main() {
        return java().filter(SourceFile::isMain);
    }

    Stream<SourceFile> tests() {
        return java().filter(SourceFile::isTest);
    }

    Stream<SourceFile> named(Predicate<String> path) {
        return files.stream().filter(file -> path.test(file.path()));
    }
}
