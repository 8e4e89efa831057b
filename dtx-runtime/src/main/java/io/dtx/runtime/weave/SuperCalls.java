package io.dtx.runtime.weave;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Looks after calls that would pass the guard of a step or transaction by: those of a superclass's code. A compiler's bridge
 * means the method that is in force, and calls that from now on; a person's {@code super.step()} is refused, unless it is the
 * override's own.
 */
class SuperCalls extends MethodVisitor {

    private final Guarded guarded;
    private final String in;
    private final String method;
    private final String descriptor;
    private final boolean isBridge;
    private boolean hasPassed;

    /**
     * Looks after the code of one method.
     *
     * @param next gets the code; null if nothing does
     * @param in the internal name of the class whose code it is
     */
    SuperCalls(@Nullable MethodVisitor next, Guarded guarded, String in, String method, String descriptor, int access) {
        super(OpenedClassReader.ASM_API, next);
        this.guarded = guarded;
        this.in = in;
        this.method = method;
        this.descriptor = descriptor;
        this.isBridge = (access & Opcodes.ACC_BRIDGE) != 0;
    }

    /** Returns whether a bridge's call was turned into one of the method in force. */
    boolean hasPassed() {
        return hasPassed;
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String itsDescriptor, boolean isInterface) {
        boolean isSuper = opcode == Opcodes.INVOKESPECIAL && !isInterface && !owner.equals(in);
        boolean isPast = isSuper && guarded.isGuarded(owner, name, itsDescriptor);
        if (isPast && isBridge) {
            hasPassed = true;
            super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, guarded.of(), name, itsDescriptor, false);
            return;
        }
        if (isPast && !guarded.isOverride(in, method, descriptor, name, itsDescriptor)) {
            throw new IllegalStateException("DTX-1041 " + in.replace('/', '.') + "." + method + " calls super." + name
                    + ", which would run a step or transaction of "
                    + guarded.of().replace('/', '.')
                    + " without its guard: call " + name
                    + " without super, or move the code that is to run by itself to a method of its own.");
        }
        super.visitMethodInsn(opcode, owner, name, itsDescriptor, isInterface);
    }
}
