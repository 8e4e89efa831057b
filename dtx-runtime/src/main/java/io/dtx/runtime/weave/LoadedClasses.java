package io.dtx.runtime.weave;

import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.Weave;
import io.dtx.spi.Woven;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/** Weaves classes while they are loaded. One that cannot be woven is loaded as it is; dtx then refuses to start with it. */
final class LoadedClasses implements ClassFileTransformer {

    private static final System.Logger LOG = System.getLogger(LoadedClasses.class.getName());
    /** Beginnings of names of classes that are not the application's, of which there are many. */
    private static final Set<String> OTHERS =
            Set.of("java/", "javax/", "jdk/", "sun/", "com/sun/", "net/bytebuddy/", "io/dtx/runtime/", "io/dtx/spi/");

    /** What compilers call anonymous and local classes. */
    private static final Pattern HIDDEN = Pattern.compile("\\$[0-9]");

    private LoadedClasses() {}

    /** Weaves what an application loads from now on, and names what it has loaded already. */
    static void transform(Instrumentation instrumentation) {
        Objects.requireNonNull(OpenedClassReader.class); // without the library nothing is promised
        instrumentation.addTransformer(new LoadedClasses());
        for (Class<?> each : instrumentation.getAllLoadedClasses()) {
            if (isTooLate(each)) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "DTX-1037 " + each.getName()
                                + " was loaded before the agent came, and stays unwoven: start the JVM"
                                + " with -javaagent instead of attaching to it, put dtx's agent before others, or weave"
                                + " in the build.");
            }
        }
    }

    private static boolean isTooLate(Class<?> type) {
        if (type.getClassLoader() == null || type.isArray() || Calls.isName(type.getName())) {
            return false;
        }
        try {
            GeneratedParticipant link = Class.forName(
                            Weave.nameFor(type.getName(), Weave.CALLS), false, type.getClassLoader())
                    .getAnnotation(GeneratedParticipant.class);
            return link != null
                    && link.weave() == Weave.BYTECODE
                    && link.of() == type
                    && !type.isAnnotationPresent(Woven.class);
        } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
            return false; // nothing was generated for it, or its loader answers as none should
        }
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        boolean isUnwovenForGood = redefined != null && !redefined.isAnnotationPresent(Woven.class);
        if (loader == null || name == null || isUnwovenForGood || isOthers(name)) {
            return null;
        }
        try {
            ClassFiles files = wanted -> find(loader, wanted);
            refuseHidden(name, classFile, loader, files);
            byte[] generated = files.find(Weave.nameFor(name, Weave.CALLS));
            Optional<Calls> calls = generated == null ? Optional.empty() : Calls.read(generated);
            boolean isItsOwn = calls.isPresent() && calls.get().of().equals(name); // else a name like it
            return !isItsOwn || ClassWeaver.isWoven(classFile)
                    ? null
                    : ClassWeaver.weave(classFile, calls.get(), files);
        } catch (RuntimeException | LinkageError e) { // the JVM would swallow it
            LOG.log(
                    System.Logger.Level.ERROR,
                    "DTX-1038 " + name.replace('/', '.') + " cannot be woven, and is loaded as it is: "
                            + e.getMessage(),
                    e);
            return null;
        }
    }

    private static void refuseHidden(String name, byte[] classFile, ClassLoader loader, ClassFiles files) {
        if (HIDDEN.matcher(name).find()) {
            String type = name.replace('/', '.');
            ClassFileLocator locator = new ClassFileLocator.Compound(
                    ClassFileLocator.Simple.of(type, classFile), ClassFileLocator.ForClassLoader.of(loader));
            HiddenClasses.refuse(
                    TypePool.Default.of(locator).describe(type).resolve(),
                    each -> files.find(Weave.nameFor(each.replace('.', '/'), Weave.CALLS)) != null);
        }
    }

    private static boolean isOthers(String name) {
        return Calls.isName(name) || OTHERS.stream().anyMatch(name::startsWith);
    }

    private static byte @Nullable [] find(ClassLoader loader, String name) {
        try (InputStream in = loader.getResourceAsStream(name + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
