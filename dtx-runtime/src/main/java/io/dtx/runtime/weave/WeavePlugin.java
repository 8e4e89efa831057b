package io.dtx.runtime.weave;

import io.dtx.spi.Woven;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the classes of a build that were compiled with {@code -Adtx.weave=bytecode}: a transformation for
 * byte-buddy-maven-plugin and byte-buddy-gradle-plugin, run between the compilation and the tests. A class that is woven
 * already is left as it is. Thread-safe.
 */
public final class WeavePlugin implements Plugin.WithPreprocessor {

    private final Map<String, Calls> byClass = new ConcurrentHashMap<>();

    /** Creates the plugin; builds do. */
    public WeavePlugin() {}

    @Override
    public void onPreprocess(TypeDescription type, ClassFileLocator files) {
        if (Calls.isName(type.getName())) {
            byte[] classFile = find(files, type.getInternalName());
            if (classFile != null) {
                Calls.read(classFile).ifPresent(calls -> byClass.put(calls.of().replace('/', '.'), calls));
            }
        }
    }

    @Override
    public boolean matches(@Nullable TypeDescription type) {
        if (type == null || type.getDeclaredAnnotations().isAnnotationPresent(Woven.class)) {
            return false;
        }
        HiddenClasses.refuse(type, byClass::containsKey);
        return byClass.containsKey(type.getName());
    }

    @Override
    public DynamicType.Builder<?> apply(DynamicType.Builder<?> builder, TypeDescription type, ClassFileLocator files) {
        Calls calls = byClass.get(type.getName());
        return calls == null ? builder : builder.visit(new Wrapper(calls, name -> find(files, name)));
    }

    @Override
    public void close() {
        byClass.clear();
    }

    private static byte @Nullable [] find(ClassFileLocator files, String internalName) {
        try {
            ClassFileLocator.Resolution found = files.locate(internalName.replace('/', '.'));
            return found.isResolved() ? found.resolve() : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the weaver between the reader and the writer of a class. */
    private record Wrapper(Calls calls, ClassFiles files) implements AsmVisitorWrapper {
        @Override
        public int mergeWriter(int flags) {
            return flags | ClassWriter.COMPUTE_MAXS;
        }

        @Override
        public int mergeReader(int flags) {
            return flags;
        }

        @Override
        public ClassVisitor wrap(
                TypeDescription type,
                ClassVisitor next,
                Implementation.Context context,
                TypePool types,
                FieldList<FieldDescription.InDefinedShape> fields,
                MethodList<?> methods,
                int writerFlags,
                int readerFlags) {
            return new ClassWeaver(next, calls, files);
        }
    }
}
