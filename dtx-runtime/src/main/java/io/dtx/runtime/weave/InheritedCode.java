package io.dtx.runtime.weave;

import io.dtx.spi.Weave;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * The code that a woven class inherits from superclasses that are not woven, because they are abstract. What calls a step there
 * past its guard is refused, and a compiler's bridge gets an override that calls the method in force.
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

    /** Goes upwards until all is seen that the class inherits entries from, or a class that is woven itself, and has done this. */
    void look(String superclass) {
        Set<String> owners = guarded.calls().entries().stream()
                .map(Entry::owner)
                .filter(owner -> !owner.equals(guarded.of()))
                .collect(Collectors.toCollection(HashSet::new));
        String each = superclass;
        while (each != null && !isWoven(each)) {
            byte[] classFile = files.find(each);
            if (classFile == null && !owners.isEmpty()) {
                throw new IllegalStateException("DTX-1034 " + each.replace('/', '.') + ", from which "
                        + guarded.of().replace('/', '.')
                        + " inherits, is not found: the class path is not the one of the compilation. Compile again,"
                        + " with the same class path.");
            }
            if (classFile == null) {
                return;
            }
            owners.remove(each);
            lookAt(each, classFile);
            each = Declared.read(classFile).superName();
        }
    }

    private boolean isWoven(String type) {
        byte[] generated = files.find(Weave.nameFor(type, Weave.CALLS));
        return generated != null
                && Calls.read(generated)
                        .filter(calls -> calls.of().equals(type))
                        .isPresent();
    }

    private void lookAt(String type, byte[] classFile) {
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
                return new SuperCalls(null, guarded, type, name, descriptor, access) {
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
                                guarded,
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
