package io.dtx.runtime.weave;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * What a class file declares.
 *
 * @param superName the internal name of its superclass; null in Object
 * @param methods whether a method is annotated as a step or transaction, itself or by its class, by name and descriptor;
 *     compilers' bridges left out
 */
record Declared(@Nullable String superName, Map<String, Boolean> methods) {

    private static final int BRIDGE_OR_STATIC = Opcodes.ACC_BRIDGE | Opcodes.ACC_STATIC;

    static Declared read(byte[] classFile) {
        Reading reading = new Reading();
        OpenedClassReader.of(classFile)
                .accept(reading, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return new Declared(reading.superName, Map.copyOf(reading.methods));
    }

    private static boolean isOurs(String annotation) {
        return annotation.equals(Type.getDescriptor(SagaStep.class)) || isTransaction(annotation);
    }

    private static boolean isTransaction(String annotation) {
        return annotation.equals(Type.getDescriptor(DistributedTransaction.class));
    }

    /** Collects names and annotations; a class file has those of the class before its methods. */
    private static final class Reading extends ClassVisitor {
        private final Map<String, Boolean> methods = new HashMap<>();
        private @Nullable String superName;
        private boolean isTransactional;

        Reading() {
            super(OpenedClassReader.ASM_API);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String itsSuperName,
                String @Nullable [] interfaces) {
            superName = itsSuperName;
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            isTransactional |= isTransaction(descriptor);
            return null;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            if ((access & BRIDGE_OR_STATIC) != 0) {
                return null;
            }
            String key = name + descriptor;
            methods.put(key, isTransactional && (access & Opcodes.ACC_PUBLIC) != 0);
            return new MethodVisitor(api) {
                @Override
                public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                    methods.merge(key, isOurs(annotation), Boolean::logicalOr);
                    return null;
                }
            };
        }
    }
}
