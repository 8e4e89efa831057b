package io.dtx.runtime.weave;

import io.dtx.TransactionContext;
import io.dtx.spi.StepGateway;
import io.dtx.spi.WovenGateway;
import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * The code that weaving adds to a class. A woven method reads, in Java:
 *
 * <pre>{@code
 * if (!TransactionContext.isActive() || X_DtxCalls.isPlain(this)) { // each only where it can be
 *     return original(arguments);
 * }
 * return X_DtxCalls.method(X_DtxCalls.GATEWAY.get(), () -> original(arguments), arguments);
 * }</pre>
 *
 * @param calls the generated calls
 * @param ofInterface whether the class is an interface
 */
record WovenMethods(Calls calls, boolean ofInterface) {

    private static final String OBJECT = "java/lang/Object";
    private static final String GATEWAY = Type.getInternalName(WovenGateway.class);
    private static final String BODY = Type.getDescriptor(StepGateway.Body.class);
    private static final int GATEWAY_AND_BODY = 2;
    private static final int BOUND = Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;
    private static final Handle METAFACTORY = new Handle(
            Opcodes.H_INVOKESTATIC,
            Type.getInternalName(LambdaMetafactory.class),
            "metafactory",
            MethodType.methodType(
                            CallSite.class,
                            MethodHandles.Lookup.class,
                            String.class,
                            MethodType.class,
                            MethodType.class,
                            MethodHandle.class,
                            MethodType.class)
                    .toMethodDescriptorString(),
            false);

    /** Writes the code of a woven method, whose modifiers are given, and ends it. */
    void addCall(MethodVisitor to, Entry entry, int access) {
        boolean isStatic = isStatic(access);
        to.visitCode();
        Label plain = new Label();
        boolean mayBePlain = addPlainTests(to, entry, access, plain);
        to.visitFieldInsn(Opcodes.GETSTATIC, calls.name(), "GATEWAY", "L" + GATEWAY + ";");
        to.visitMethodInsn(Opcodes.INVOKEVIRTUAL, GATEWAY, "get", "()" + Type.getDescriptor(StepGateway.class), false);
        addBodyObject(to, entry, isStatic);
        loadArguments(to, entry, isStatic, true);
        to.visitMethodInsn(Opcodes.INVOKESTATIC, calls.name(), entry.name(), entry.descriptor(), false);
        to.visitInsn(entry.returned().getOpcode(Opcodes.IRETURN));
        if (mayBePlain) {
            to.visitLabel(plain);
            to.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
            addOriginalCall(to, entry, isStatic);
            to.visitInsn(entry.returned().getOpcode(Opcodes.IRETURN));
        }
        to.visitMaxs(0, 0);
        to.visitEnd();
    }

    private boolean addPlainTests(MethodVisitor to, Entry entry, int access, Label plain) {
        // What a subclass cannot override, it cannot have entered.
        boolean mayBeSuperCall = !ofInterface && !isStatic(access) && (access & BOUND) == 0;
        if (entry.plainOutside()) { // first: outside of a transaction nothing else is asked
            String context = Type.getInternalName(TransactionContext.class);
            boolean itf = TransactionContext.class.isInterface();
            to.visitMethodInsn(Opcodes.INVOKESTATIC, context, "isActive", "()Z", itf);
            to.visitJumpInsn(Opcodes.IFEQ, plain);
        }
        if (mayBeSuperCall) {
            to.visitVarInsn(Opcodes.ALOAD, 0);
            to.visitMethodInsn(Opcodes.INVOKESTATIC, calls.name(), "isPlain", "(L" + OBJECT + ";)Z", false);
            to.visitJumpInsn(Opcodes.IFNE, plain);
        }
        return mayBeSuperCall || entry.plainOutside();
    }

    private void addBodyObject(MethodVisitor to, Entry entry, boolean isStatic) {
        List<Type> captured = new ArrayList<>(List.of(Type.getArgumentTypes(entry.methodDescriptor())));
        if (!isStatic) {
            captured.add(0, Type.getObjectType(calls.of()));
        }
        loadSelf(to, isStatic);
        loadArguments(to, entry, isStatic, false);
        Handle code = new Handle(
                isStatic ? Opcodes.H_INVOKESTATIC : Opcodes.H_INVOKESPECIAL,
                calls.of(),
                entry.isVoid() ? entry.body() : entry.original(),
                entry.isVoid() ? bodyDescriptor(entry) : entry.methodDescriptor(),
                ofInterface);
        to.visitInvokeDynamicInsn(
                "run",
                "(" + descriptors(captured) + ")" + BODY,
                METAFACTORY,
                Type.getMethodType("()L" + OBJECT + ";"),
                code,
                Type.getMethodType("()" + boxed(entry.returned())));
    }

    /** Writes a method with the user's code that returns null, for a body of a method that returns nothing. */
    void addBody(ClassVisitor to, Entry entry, int access) {
        boolean isStatic = isStatic(access);
        int modifiers = Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC | (isStatic ? Opcodes.ACC_STATIC : 0);
        MethodVisitor body = to.visitMethod(modifiers, entry.body(), bodyDescriptor(entry), null, null);
        body.visitCode();
        addOriginalCall(body, entry, isStatic);
        body.visitInsn(Opcodes.ACONST_NULL);
        body.visitInsn(Opcodes.ARETURN);
        body.visitMaxs(0, 0);
        body.visitEnd();
    }

    /** Writes the code of the original of an inherited method: a call of the superclass, as the class may not see its declarer. */
    void addSuperCall(MethodVisitor to, Entry entry, String superclass) {
        to.visitCode();
        loadSelf(to, false);
        loadArguments(to, entry, false, false);
        to.visitMethodInsn(Opcodes.INVOKESPECIAL, superclass, entry.method(), entry.methodDescriptor(), false);
        to.visitInsn(entry.returned().getOpcode(Opcodes.IRETURN));
        to.visitMaxs(0, 0);
        to.visitEnd();
    }

    private void addOriginalCall(MethodVisitor to, Entry entry, boolean isStatic) {
        loadSelf(to, isStatic);
        loadArguments(to, entry, isStatic, false);
        to.visitMethodInsn(
                isStatic ? Opcodes.INVOKESTATIC : Opcodes.INVOKESPECIAL,
                calls.of(),
                entry.original(),
                entry.methodDescriptor(),
                ofInterface);
    }

    private static void loadSelf(MethodVisitor to, boolean isStatic) {
        if (!isStatic) {
            to.visitVarInsn(Opcodes.ALOAD, 0);
        }
    }

    // The entry knows the types that the class gives to type variables of its superclass.
    private static void loadArguments(MethodVisitor to, Entry entry, boolean isStatic, boolean asEntryWants) {
        Type[] declared = Type.getArgumentTypes(entry.methodDescriptor());
        Type[] wanted = Type.getArgumentTypes(entry.descriptor());
        int slot = isStatic ? 0 : 1;
        for (int i = 0; i < declared.length; i++) {
            to.visitVarInsn(declared[i].getOpcode(Opcodes.ILOAD), slot);
            Type seen = wanted[i + GATEWAY_AND_BODY];
            if (asEntryWants && !seen.equals(declared[i])) {
                to.visitTypeInsn(Opcodes.CHECKCAST, seen.getInternalName());
            }
            slot += declared[i].getSize();
        }
    }

    private static String bodyDescriptor(Entry entry) {
        return "(" + descriptors(List.of(Type.getArgumentTypes(entry.methodDescriptor()))) + ")L" + OBJECT + ";";
    }

    private static String descriptors(List<Type> types) {
        return types.stream().map(Type::getDescriptor).collect(Collectors.joining());
    }

    private static String boxed(Type type) {
        return switch (type.getSort()) {
            case Type.VOID -> "L" + OBJECT + ";";
            case Type.BOOLEAN -> "Ljava/lang/Boolean;";
            case Type.BYTE -> "Ljava/lang/Byte;";
            case Type.SHORT -> "Ljava/lang/Short;";
            case Type.CHAR -> "Ljava/lang/Character;";
            case Type.INT -> "Ljava/lang/Integer;";
            case Type.LONG -> "Ljava/lang/Long;";
            case Type.FLOAT -> "Ljava/lang/Float;";
            case Type.DOUBLE -> "Ljava/lang/Double;";
            default -> type.getDescriptor();
        };
    }

    private static boolean isStatic(int access) {
        return (access & Opcodes.ACC_STATIC) != 0;
    }
}
