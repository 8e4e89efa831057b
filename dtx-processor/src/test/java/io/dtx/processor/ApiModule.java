package io.dtx.processor;

import io.dtx.SagaStep;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** dtx-api as a module: its jar, or while only its classes are built, a jar of them. */
final class ApiModule {

    private ApiModule() {}

    static Path jar(Path folder) throws IOException {
        Path api = location();
        if (Files.isRegularFile(api)) {
            return api;
        }
        Path jar = folder.resolve("dtx-api.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Automatic-Module-Name", "io.dtx");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (Path each : Program.files(api, ".class")) {
                out.putNextEntry(new JarEntry(api.relativize(each).toString()));
                Files.copy(each, out);
            }
        }
        return jar;
    }

    /** Returns the jar or the folder with dtx-api's classes. */
    static Path location() {
        try {
            return Path.of(SagaStep.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
