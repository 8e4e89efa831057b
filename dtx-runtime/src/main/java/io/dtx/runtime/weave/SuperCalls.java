package io.dtx.runtime.weave;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Looks after calls that would pass the override of an inherited method by: those of its superclass's code. A compiler's bridge
 * means the method that is in force, and calls that from now on; a person's {@code super.step()} is refused.
 */
final class SuperCalls extends MethodVisitor {

    private final Calls calls;
    private final String method;
    private final boolean isBridge;

    SuperCalls(MethodVisitor next, Calls calls, String method, int access) {
        super(OpenedClassReader.ASM_API, next);
        this.calls = calls;
        this.method = method;
        this.isBridge = (access & Opcodes.ACC_BRIDGE) != 0;
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        boolean isPast = opcode == Opcodes.INVOKESPECIAL
                && !isInterface
                && !owner.equals(calls.of())
                && calls.inherits(name, descriptor);
        if (isPast && !isBridge) {
            throw new IllegalStateException("DTX-1041 " + calls.of().replace('/', '.') + "." + method + " calls super."
                    + name + ", which would run a step or transaction that it inherits without its guard: call "
                    + name + " without super, or move the code that is to run by itself to a method of its own.");
        }
        if (isPast) {
            super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, calls.of(), name, descriptor, false);
        } else {
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
    }
}
