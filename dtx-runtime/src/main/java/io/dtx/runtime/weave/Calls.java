package io.dtx.runtime.weave;

import io.dtx.spi.EntryOf;
import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.Weave;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * The generated calls of one class.
 *
 * @param name the internal name of the generated class
 * @param of the internal name of the annotated one
 * @param entries its entries
 */
record Calls(String name, String of, List<Entry> entries) {

    /** Returns whether a class could be generated calls, by its name. */
    static boolean isName(String name) {
        return name.endsWith(Weave.CALLS);
    }

    /** Reads the calls from a class file; empty if it has none, or none for bytecode. */
    static Optional<Calls> read(byte[] classFile) {
        Reading reading = new Reading();
        OpenedClassReader.of(classFile)
                .accept(reading, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return reading.of == null || !Weave.BYTECODE.name().equals(reading.weave)
                ? Optional.empty()
                : Optional.of(new Calls(reading.name, reading.of, List.copyOf(reading.entries)));
    }

    /** Collects what the annotations say. */
    private static final class Reading extends ClassVisitor {
        private final List<Entry> entries = new ArrayList<>();
        private String name = "";
        private @Nullable String of;
        private String weave = Weave.SUBCLASS.name();

        Reading() {
            super(OpenedClassReader.ASM_API);
        }

        @Override
        public void visit(
                int version,
                int access,
                String itsName,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            name = itsName;
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            if (!descriptor.equals(Type.getDescriptor(GeneratedParticipant.class))) {
                return null;
            }
            return new Values() {
                @Override
                public void visitEnd() {
                    of = values.get("of") instanceof Type type ? type.getInternalName() : null;
                    weave = String.valueOf(values.getOrDefault("weave", weave));
                }
            };
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String method,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new MethodVisitor(api) {
                @Override
                public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                    return annotation.equals(Type.getDescriptor(EntryOf.class)) ? entry(method, descriptor) : null;
                }
            };
        }

        private AnnotationVisitor entry(String method, String descriptor) {
            return new Values() {
                @Override
                public void visitEnd() {
                    entries.add(new Entry(
                            method,
                            descriptor,
                            text("owner").replace('.', '/'),
                            text("name"),
                            text("descriptor"),
                            Boolean.TRUE.equals(values.get("plainOutside"))));
                }
            };
        }
    }

    /** Collects an annotation's values, enums by their names. */
    private abstract static class Values extends AnnotationVisitor {
        final Map<String, Object> values = new HashMap<>();

        Values() {
            super(OpenedClassReader.ASM_API);
        }

        String text(String member) {
            return String.valueOf(values.get(member));
        }

        @Override
        public void visit(String name, Object value) {
            values.put(name, value);
        }

        @Override
        public void visitEnum(String name, String descriptor, String value) {
            values.put(name, value);
        }
    }
}
