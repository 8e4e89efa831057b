package io.dtx.runtime.weave;

import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * A method of a superclass that is overridden, with what containers read on it: annotations of methods are not inherited.
 *
 * @param entry the method's entry
 * @param owner the class file of the superclass
 * @param access the override's modifiers
 * @param signature its generic signature, if it has one
 * @param exceptions what it declares to throw
 */
record InheritedMethod(
        Entry entry, byte[] owner, int access, @Nullable String signature, String @Nullable [] exceptions) {

    private static final int KEPT = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED | Opcodes.ACC_VARARGS;

    static InheritedMethod find(Entry entry, ClassFiles files) {
        byte[] owner = files.find(entry.owner());
        InheritedMethod[] found = new InheritedMethod[1];
        if (owner != null) {
            accept(owner, new ClassVisitor(OpenedClassReader.ASM_API) {
                @Override
                public @Nullable MethodVisitor visitMethod(
                        int access,
                        String name,
                        String descriptor,
                        @Nullable String signature,
                        String @Nullable [] exceptions) {
                    if (entry.matches(name, descriptor)) {
                        found[0] = new InheritedMethod(entry, owner, access & KEPT, signature, exceptions);
                    }
                    return null;
                }
            });
        }
        if (found[0] == null) {
            throw new IllegalStateException("DTX-1034 " + entry.label() + entry.methodDescriptor()
                    + " has a generated entry, but the method is not found: the class path is not the one of the"
                    + " compilation. Compile again, with the same class path.");
        }
        return found[0];
    }

    /** Copies the annotations of the method and of its parameters. */
    void annotate(MethodVisitor override) {
        accept(owner, new ClassVisitor(OpenedClassReader.ASM_API) {
            @Override
            public @Nullable MethodVisitor visitMethod(
                    int access,
                    String name,
                    String descriptor,
                    @Nullable String itsSignature,
                    String @Nullable [] itsExceptions) {
                return entry.matches(name, descriptor) ? new Annotations(override) : null;
            }
        });
    }

    private static void accept(byte[] owner, ClassVisitor visitor) {
        OpenedClassReader.of(owner).accept(visitor, ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES);
    }

    /** Passes annotations on. */
    private static final class Annotations extends MethodVisitor {
        private final MethodVisitor override;

        Annotations(MethodVisitor override) {
            super(OpenedClassReader.ASM_API);
            this.override = override;
        }

        @Override
        public void visitParameter(String name, int access) {
            override.visitParameter(name, access);
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            return override.visitAnnotation(descriptor, visible);
        }

        @Override
        public void visitAnnotableParameterCount(int count, boolean visible) {
            override.visitAnnotableParameterCount(count, visible);
        }

        @Override
        public @Nullable AnnotationVisitor visitParameterAnnotation(int parameter, String descriptor, boolean visible) {
            return override.visitParameterAnnotation(parameter, descriptor, visible);
        }
    }
}
