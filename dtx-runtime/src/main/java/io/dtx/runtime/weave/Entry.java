package io.dtx.runtime.weave;

import net.bytebuddy.jar.asm.Type;

/**
 * A generated entry, and the method whose calls go through it.
 *
 * @param name the entry's name
 * @param descriptor the entry's descriptor: gateway, body, then the method's parameters as the annotated class sees them
 * @param owner the internal name of the class that declares the method
 * @param method the method's name
 * @param methodDescriptor its descriptor
 * @param plainOutside whether a call outside of a transaction is a plain one
 */
record Entry(
        String name, String descriptor, String owner, String method, String methodDescriptor, boolean plainOutside) {

    private static final String ORIGINAL = "$dtx";

    /** Returns the name of the method whose code a method of a class file has, woven or not. */
    static String methodOf(String name) {
        return name.endsWith(ORIGINAL) ? name.substring(0, name.length() - ORIGINAL.length()) : name;
    }

    /** Returns the private method that has the user's code. */
    String original() {
        return method + ORIGINAL;
    }

    /** Returns the private method that the gateway's body calls where it cannot call the original. */
    String body() {
        return method + "$dtxBody";
    }

    Type returned() {
        return Type.getReturnType(methodDescriptor);
    }

    boolean isVoid() {
        return returned().getSort() == Type.VOID;
    }

    boolean matches(String someName, String someDescriptor) {
        return method.equals(someName) && methodDescriptor.equals(someDescriptor);
    }

    String label() {
        return owner.replace('/', '.') + "." + method;
    }
}
