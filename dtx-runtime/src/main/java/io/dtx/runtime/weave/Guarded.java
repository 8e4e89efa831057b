package io.dtx.runtime.weave;

import org.jspecify.annotations.Nullable;

/**
 * The steps and transactions of one woven class, and of its superclasses as far as it overrides them.
 *
 * @param files finds the class files of superclasses
 */
record Guarded(Calls calls, ClassFiles files) {

    /** Returns the internal name of the woven class. */
    String of() {
        return calls.of();
    }

    /**
     * Returns whether the method that a call of a superclass's code reaches is a step or transaction. If its class is not found,
     * it is taken for one.
     */
    boolean isGuarded(String superclass, String method, String descriptor) {
        String key = method + descriptor;
        for (Entry entry : calls.entries()) {
            if (entry.matches(method, descriptor)) {
                String declaring = declaring(superclass, key);
                byte[] found = declaring == null ? null : files.find(declaring);
                return found == null
                        || entry.owner().equals(declaring)
                        || Boolean.TRUE.equals(Declared.read(found).methods().get(key));
            }
        }
        return false;
    }

    /** Returns whether a method of a class is its override of another one, or a lambda expression in that. */
    boolean isOverride(String in, String method, String descriptor, String overridden, String itsDescriptor) {
        boolean isItself = method.equals(overridden) && descriptor.equals(itsDescriptor);
        boolean isInLambda = method.startsWith("lambda$" + overridden + "$");
        return isItself || (isInLambda && in.equals(declaring(in, overridden + itsDescriptor)));
    }

    private @Nullable String declaring(String type, String key) {
        String each = type;
        while (each != null) {
            byte[] found = files.find(each);
            if (found == null) {
                return null;
            }
            Declared declared = Declared.read(found);
            if (declared.methods().containsKey(key)) {
                return each;
            }
            each = declared.superName();
        }
        return null;
    }
}
