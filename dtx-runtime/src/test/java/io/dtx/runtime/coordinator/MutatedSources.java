package io.dtx.runtime.coordinator;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The sources of protocol and coordinator with one place changed, compiled in memory and loaded beside the real ones, so that
 * planted bugs need no seam in the product.
 */
public final class MutatedSources {

    private static final Path MAIN = Path.of("src/main/java/io/dtx/runtime");
    private static final List<String> PACKAGES = List.of("io.dtx.runtime.protocol.", "io.dtx.runtime.coordinator.");

    private final Map<Path, String> sources = new HashMap<>();
    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

    MutatedSources() throws IOException {
        this(List.of("protocol", "coordinator"));
    }

    /** Reads the sources of these packages, as directories below the runtime's. */
    public MutatedSources(List<String> directories) throws IOException {
        for (String directory : directories) {
            try (Stream<Path> files = Files.list(MAIN.resolve(directory))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    sources.put(file, Files.readString(file));
                }
            }
        }
    }

    /** Returns a loader with the only occurrence of {@code find} in all sources replaced. */
    ClassLoader with(String find, String replacement) throws IOException {
        return load(changed(find, replacement));
    }

    /** Returns what becomes of the classes of a file in which the only occurrence of {@code find} in all sources is replaced. */
    public Map<String, byte[]> changed(String find, String replacement) throws IOException {
        Path place = place(find);
        String name = MAIN.relativize(place).toString().replace(".java", "").replace(File.separatorChar, '.');
        return compile("io.dtx.runtime." + name, sources.getOrDefault(place, "").replace(find, replacement));
    }

    /** Returns the file with the only occurrence of a text in all sources. */
    public Path place(String find) {
        List<Path> places = sources.keySet().stream()
                .filter(file -> sources.getOrDefault(file, "").contains(find))
                .toList();
        if (places.size() != 1) {
            throw new IllegalStateException(
                    "'" + find + "' is in " + places + ": adapt the planted bug to the sources");
        }
        String source = sources.getOrDefault(places.get(0), "");
        if (source.indexOf(find) != source.lastIndexOf(find)) {
            throw new IllegalStateException("'" + find + "' is more than once in " + places);
        }
        return places.get(0);
    }

    /** Returns a loader with nothing changed. */
    static ClassLoader unchanged() {
        return load(Map.of());
    }

    private Map<String, byte[]> compile(String name, String source) throws IOException {
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager standard = compiler.getStandardFileManager(problems, null, null)) {
            JavaFileManager files = new ForwardingJavaFileManager<>(standard) {
                @Override
                public JavaFileObject getJavaFileForOutput(
                        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
                    return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
                        @Override
                        public OutputStream openOutputStream() {
                            return classes.computeIfAbsent(className, unused -> new ByteArrayOutputStream());
                        }
                    };
                }
            };
            JavaFileObject file =
                    new SimpleJavaFileObject(
                            URI.create("memory:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                        @Override
                        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                            return source;
                        }
                    };
            List<String> options =
                    List.of("-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path"));
            if (!compiler.getTask(null, files, problems, options, null, List.of(file))
                    .call()) {
                throw new IllegalStateException("a planted bug does not compile: " + problems.getDiagnostics());
            }
        }
        Map<String, byte[]> result = new HashMap<>();
        classes.forEach((className, bytes) -> result.put(className, bytes.toByteArray()));
        return result;
    }

    private static ClassLoader load(Map<String, byte[]> changed) {
        return new ClassLoader(MutatedSources.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (PACKAGES.stream().noneMatch(name::startsWith)) {
                    return super.loadClass(name, resolve);
                }
                synchronized (getClassLoadingLock(name)) {
                    Class<?> loaded = findLoadedClass(name);
                    return loaded != null ? loaded : define(name);
                }
            }

            private Class<?> define(String name) throws ClassNotFoundException {
                byte[] bytes = changed.get(name);
                if (bytes == null) {
                    String file = name.replace('.', '/') + ".class";
                    try (InputStream original = getParent().getResourceAsStream(file)) {
                        if (original == null) {
                            throw new ClassNotFoundException(name);
                        }
                        bytes = original.readAllBytes();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
    }
}
