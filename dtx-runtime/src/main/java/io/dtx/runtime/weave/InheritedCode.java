package io.dtx.runtime.weave;

import io.dtx.spi.Weave;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * The code that a woven class inherits. What calls a step there past its guard is refused, and a compiler's bridge gets an
 * override that calls the method in force. A superclass that is woven, too, has done this for the entries that it has.
 */
final class InheritedCode {

    private final Guarded guarded;
    private final ClassFiles files;
    private final ClassVisitor to;
    private final Set<String> inForce;

    /**
     * Looks at the code for one class.
     *
     * @param to gets the overrides
     * @param declared the names and descriptors of the methods that the woven class has
     */
    InheritedCode(Guarded guarded, ClassVisitor to, Set<String> declared) {
        this.guarded = guarded;
        this.files = guarded.files();
        this.to = to;
        this.inForce = new HashSet<>(declared);
    }

    /** Goes upwards through all superclasses, or until woven ones have looked for all entries themselves. */
    void look(String superclass) {
        Set<String> seen = new HashSet<>(Set.of(guarded.of()));
        Guarded left = guarded;
        String each = superclass;
        while (each != null) {
            left = callsOf(each).map(left::without).orElse(left);
            List<Entry> entries = left.calls().entries();
            if (entries.isEmpty()) {
                return;
            }
            byte[] classFile = files.find(each);
            if (classFile == null && entries.stream().anyMatch(entry -> !seen.contains(entry.owner()))) {
                throw new IllegalStateException("DTX-1034 " + each.replace('/', '.') + ", from which "
                        + guarded.of().replace('/', '.')
                        + " inherits, is not found: the class path is not the one of the compilation. Compile again,"
                        + " with the same class path.");
            }
            if (classFile == null) {
                return;
            }
            seen.add(each);
            lookAt(each, classFile, left);
            each = Declared.read(classFile).superName();
        }
    }

    private Optional<Calls> callsOf(String type) {
        byte[] generated = files.find(Weave.nameFor(type, Weave.CALLS));
        return generated == null
                ? Optional.empty()
                : Calls.read(generated).filter(calls -> calls.of().equals(type));
    }

    private void lookAt(String type, byte[] classFile, Guarded left) {
        Set<String> bridges = new HashSet<>();
        accept(classFile, new ClassVisitor(OpenedClassReader.ASM_API) {
            @Override
            public MethodVisitor visitMethod(
                    int access,
                    String name,
                    String descriptor,
                    @Nullable String signature,
                    String @Nullable [] exceptions) {
                boolean isInForce = inForce.add(name + descriptor);
                return new SuperCalls(null, left, type, Entry.methodOf(name), descriptor, access) {
                    @Override
                    public void visitEnd() {
                        if (isInForce && hasPassed()) {
                            bridges.add(name + descriptor);
                        }
                    }
                };
            }
        });
        accept(classFile, new ClassVisitor(OpenedClassReader.ASM_API) {
            @Override
            public @Nullable MethodVisitor visitMethod(
                    int access,
                    String name,
                    String descriptor,
                    @Nullable String signature,
                    String @Nullable [] exceptions) {
                return bridges.contains(name + descriptor)
                        ? new SuperCalls(
                                to.visitMethod(access, name, descriptor, null, exceptions),
                                left,
                                type,
                                name,
                                descriptor,
                                access)
                        : null;
            }
        });
    }

    private static void accept(byte[] classFile, ClassVisitor visitor) {
        OpenedClassReader.of(classFile).accept(visitor, ClassReader.SKIP_DEBUG);
    }
}
