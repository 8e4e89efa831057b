package io.dtx.processor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Everybody carries dtx-api: it stays small. */
class ApiSizeTest {

    private static final int MOST = 60 * 1024;

    @Test
    void the_classes_of_dtx_api_are_less_than_60_kilobytes_in_a_jar() throws IOException {
        Path api = ApiModule.location();
        int size;
        if (Files.isDirectory(api)) {
            size = zippedSize(api);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(api)) {
                size = zippedSize(jar.getPath("/"));
            }
        }
        System.out.println("dtx-api: " + size + " bytes of " + MOST);
        assertTrue(size < MOST, "dtx-api has " + size + " bytes");
    }

    private static int zippedSize(Path root) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        List<Path> classes = Program.files(root, ".class");
        assertTrue(classes.size() > 20, "found " + classes.size() + " classes in " + root);
        try (ZipOutputStream out = new ZipOutputStream(zipped)) {
            for (Path each : classes) {
                out.putNextEntry(new ZipEntry(root.relativize(each).toString()));
                Files.copy(each, out);
            }
        }
        return zipped.size();
    }
}
