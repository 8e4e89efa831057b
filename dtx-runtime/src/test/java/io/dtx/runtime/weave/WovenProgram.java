package io.dtx.runtime.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.processor.DtxProcessor;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.dynamic.ClassFileLocator;

/** The program under {@code woven/} of the test resources: compiled with the processor, woven as a build does it, loaded. */
final class WovenProgram {

    private WovenProgram() {}

    /** Compiles the program into a folder. */
    static void compile(Path output, String weave) {
        compile(output, weave, sources());
    }

    static void compile(Path output, String weave, List<Path> sources) {
        compile(output, weave, sources, new DtxProcessor());
    }

    /** Returns the processor as tools run it that have an environment of their own around the compiler's: it shows no trees. */
    static Processor withoutTrees() {
        DtxProcessor processor = new DtxProcessor();
        return proxy(Processor.class, (self, method, given) -> {
            Object[] passed = given;
            if (method.getName().equals("init")) {
                Object real = given[0];
                passed =
                        new Object[] {proxy(ProcessingEnvironment.class, (env, asked, with) -> asked.invoke(real, with))
                        };
            }
            return method.invoke(processor, passed);
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    static void compile(Path output, String weave, List<Path> sources, Processor processor) {
        compile(ToolProvider.getSystemJavaCompiler(), output, weave, sources, processor);
    }

    static void compile(JavaCompiler compiler, Path output, String weave, List<Path> sources, Processor processor) {
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "--release",
                    "17",
                    "-d",
                    output.toString(),
                    "-s", // ecj writes beside what it is run in without
                    output.toString(),
                    "-cp",
                    classPath(),
                    "-Adtx.weave=" + weave,
                    "-nowarn");
            JavaCompiler.CompilationTask task =
                    compiler.getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources));
            task.setProcessors(List.of(processor));
            assertThat(task.call()).as(said.toString()).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> sources() {
        try (Stream<Path> found =
                Files.walk(Path.of(WovenProgram.class.getResource("/woven").toURI()))) {
            return found.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Weaves a folder in place, as byte-buddy-maven-plugin does. */
    static void weave(Path classes, Plugin.Engine engine) throws IOException {
        engine.with(ClassFileLocator.ForClassLoader.of(WovenProgram.class.getClassLoader()))
                .apply(classes.toFile(), classes.toFile(), new Plugin.Factory.Simple(new WeavePlugin()));
    }

    /** Returns the class files of a folder. */
    static Map<String, byte[]> classFiles(Path classes) throws IOException {
        Map<String, byte[]> content = new TreeMap<>();
        try (Stream<Path> found = Files.walk(classes)) {
            for (Path path :
                    found.filter(each -> each.toString().endsWith(".class")).toList()) {
                content.put(classes.relativize(path).toString(), Files.readAllBytes(path));
            }
        }
        return content;
    }

    static ClassLoader loader(Path... classes) throws IOException {
        URL[] urls = new URL[classes.length];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = classes[i].toUri().toURL();
        }
        return new URLClassLoader(urls, WovenProgram.class.getClassLoader());
    }

    static String classPath() {
        return System.getProperty("java.class.path");
    }

    static String classPathWith(Path classes) {
        return classes + File.pathSeparator + classPath();
    }
}
