package io.dtx.processor;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Source files, and what a compiler makes of them. */
final class Program {

    private final List<Path> sources;

    private Program(List<Path> sources) {
        this.sources = sources;
    }

    /** What a compiler said and wrote. */
    record Compiled(boolean success, List<Diagnostic<? extends JavaFileObject>> diagnostics, Path output, String text) {

        List<String> errors() {
            return diagnostics.stream()
                    .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                    .map(each -> each.getMessage(Locale.ROOT))
                    .toList();
        }
    }

    /** Takes all source files of a folder of the test resources, with its sub-folders. */
    static Program folder(String name) {
        return new Program(files(resources(name), ".java"));
    }

    /** Takes given source files. */
    static Program of(List<Path> sources) {
        return new Program(sources);
    }

    List<Path> sources() {
        return sources;
    }

    /** Compiles with the running JDK's javac. */
    Compiled javac(Path output, List<Processor> processors, String... options) {
        return compile(ToolProvider.getSystemJavaCompiler(), output, processors, options);
    }

    /** Compiles with any compiler. */
    Compiled compile(JavaCompiler compiler, Path output, List<Processor> processors, String... options) {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        StringWriter text = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of(
                "--release",
                "17",
                "-d",
                output.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-parameters"));
        arguments.addAll(List.of(options));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            JavaCompiler.CompilationTask task = compiler.getTask(
                    text, files, diagnostics, arguments, null, files.getJavaFileObjectsFromPaths(sources));
            task.setProcessors(processors);
            boolean success = task.call();
            return new Compiled(success, diagnostics.getDiagnostics(), output, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Finds a folder or file of the test resources. */
    static Path resources(String name) {
        URL url = Program.class.getResource("/" + name);
        if (url == null) {
            throw new IllegalArgumentException("no test resource " + name);
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Returns the files below a folder whose name ends so, in order. */
    static List<Path> files(Path folder, String end) {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(path -> path.toString().endsWith(end)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
