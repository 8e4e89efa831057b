package io.dtx.runtime.weave;

import io.dtx.spi.Woven;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Weaves one class on its way from a reader to a writer. Of each method that has an entry, the code moves to a private synthetic
 * method, and the method itself, with all that is said about it, makes the generated call; an inherited one is overridden. The
 * same class in gives the same bytes out.
 */
final class ClassWeaver extends ClassVisitor {

    /** The marker's descriptor. */
    static final String MARKER = Type.getDescriptor(Woven.class);

    private final Calls calls;
    private final ClassFiles files;
    private final Guarded guarded;
    private final Set<Entry> inherited = new LinkedHashSet<>();
    private final Set<String> declared = new HashSet<>();
    private WovenMethods methods;
    private String superclass = "java/lang/Object";
    private GenericTypes generic = GenericTypes.of(null, null);

    /**
     * Weaves into a visitor that computes the sizes of stacks.
     *
     * @param files finds the class files of superclasses
     */
    ClassWeaver(ClassVisitor next, Calls calls, ClassFiles files) {
        super(OpenedClassReader.ASM_API, next);
        this.calls = calls;
        this.files = files;
        this.guarded = new Guarded(calls, files);
        this.methods = new WovenMethods(calls, false);
        inherited.addAll(calls.entries());
    }

    /** Weaves a class file that has no marker yet. */
    static byte[] weave(byte[] classFile, Calls calls, ClassFiles files) {
        ClassReader reader = OpenedClassReader.of(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new ClassWeaver(writer, calls, files), 0);
        return writer.toByteArray();
    }

    /** Returns whether a class file has the marker. */
    static boolean isWoven(byte[] classFile) {
        boolean[] marked = new boolean[1];
        OpenedClassReader.of(classFile)
                .accept(
                        new ClassVisitor(OpenedClassReader.ASM_API) {
                            @Override
                            public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
                                marked[0] |= descriptor.equals(MARKER);
                                return null;
                            }
                        },
                        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return marked[0];
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        super.visit(version, access, name, signature, superName, interfaces);
        superclass = superName == null ? superclass : superName;
        methods = new WovenMethods(calls, (access & Opcodes.ACC_INTERFACE) != 0);
        generic = GenericTypes.of(superName, signature);
        AnnotationVisitor marker = super.visitAnnotation(MARKER, true);
        if (marker != null) {
            marker.visit("value", Type.getObjectType(calls.name()));
            marker.visitEnd();
        }
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        declared.add(name + descriptor);
        Optional<Entry> entry = inherited.stream()
                .filter(each -> each.matches(name, descriptor))
                .findFirst();
        if (entry.isEmpty()) {
            return lookedAfter(
                    super.visitMethod(access, name, descriptor, signature, exceptions), name, descriptor, access);
        }
        if (!entry.get().owner().equals(calls.of())) {
            if ((access & Opcodes.ACC_BRIDGE) == 0) {
                throw ofTwoCompilations(entry.get(), "is inherited by its entry, and declared in the class");
            }
            return null; // it makes a method of a less accessible superclass accessible: so does the override
        }
        inherited.remove(entry.get());
        return split(entry.get(), access, signature, exceptions);
    }

    private @Nullable MethodVisitor lookedAfter(
            @Nullable MethodVisitor code, String method, String descriptor, int access) {
        return code == null ? null : new SuperCalls(code, guarded, calls.of(), method, descriptor, access);
    }

    private MethodVisitor split(Entry entry, int access, @Nullable String signature, String @Nullable [] exceptions) {
        if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
            throw new IllegalStateException("DTX-1033 " + entry.label()
                    + " has no code that could be woven: it is abstract or native. Annotate a method that calls it.");
        }
        // The lock, if there is one, is held by the user's code, not while the call waits for the log.
        int hidden = Opcodes.ACC_PRIVATE
                | Opcodes.ACC_SYNTHETIC
                | (access & (Opcodes.ACC_STATIC | Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_STRICT));
        MethodVisitor original =
                super.visitMethod(hidden, entry.original(), entry.methodDescriptor(), null, exceptions);
        MethodVisitor wrapper = super.visitMethod(
                access & ~(Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_STRICT),
                entry.method(),
                entry.methodDescriptor(),
                signature,
                exceptions);
        return new SplitMethod(
                new SuperCalls(original, guarded, calls.of(), entry.method(), entry.methodDescriptor(), access),
                wrapper,
                () -> addCall(entry, access, wrapper));
    }

    private void addCall(Entry entry, int access, MethodVisitor wrapper) {
        methods.addCall(wrapper, entry, access);
        if (entry.isVoid()) {
            methods.addBody(cv, entry, access);
        }
    }

    @Override
    public void visitEnd() {
        for (Entry entry : inherited) {
            addOverride(entry);
            declared.add(entry.method() + entry.methodDescriptor());
        }
        new InheritedCode(guarded, cv, declared).look(superclass);
        super.visitEnd();
    }

    private void addOverride(Entry entry) {
        if (entry.owner().equals(calls.of())) {
            throw ofTwoCompilations(entry, "has a generated entry, but the class does not have the method");
        }
        InheritedMethod method = InheritedMethod.find(entry, files);
        MethodVisitor original = super.visitMethod(
                Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC,
                entry.original(),
                entry.methodDescriptor(),
                null,
                method.exceptions());
        methods.addSuperCall(original, entry, superclass);
        MethodVisitor wrapper = super.visitMethod(
                method.access(),
                entry.method(),
                entry.methodDescriptor(),
                generic.ofMethod(method, files),
                method.exceptions());
        method.annotate(wrapper);
        addCall(entry, method.access(), wrapper);
    }

    private IllegalStateException ofTwoCompilations(Entry entry, String what) {
        return new IllegalStateException("DTX-1034 " + entry.label() + entry.methodDescriptor() + " " + what
                + ": the class and " + calls.name() + " are not of one compilation. Compile both again.");
    }
}
