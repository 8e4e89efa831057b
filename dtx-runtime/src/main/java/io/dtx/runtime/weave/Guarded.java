package io.dtx.runtime.weave;

import java.util.List;

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

    /** Returns the same without those that another woven class has, too. */
    Guarded without(Calls other) {
        List<Entry> left = calls.entries().stream()
                .filter(entry -> other.entries().stream()
                        .noneMatch(each -> each.matches(entry.method(), entry.methodDescriptor())))
                .toList();
        return new Guarded(new Calls(calls.name(), calls.of(), left), files);
    }

    /**
     * Returns whether the method that a call of a superclass's code reaches is a step or transaction. If its class is not found,
     * it is taken for one.
     */
    boolean isGuarded(String superclass, String method, String descriptor) {
        for (Entry entry : calls.entries()) {
            if (entry.matches(method, descriptor)) {
                return isGuarded(superclass, entry);
            }
        }
        return false;
    }

    private boolean isGuarded(String superclass, Entry entry) {
        String key = entry.method() + entry.methodDescriptor();
        String each = superclass;
        while (each != null) {
            byte[] found = files.find(each);
            if (found == null) {
                return true;
            }
            Declared declared = Declared.read(found);
            if (declared.methods().containsKey(key)) {
                return entry.owner().equals(each)
                        || Boolean.TRUE.equals(declared.methods().get(key));
            }
            each = declared.superName();
        }
        return false; // a default method: if it is woven, it enters by itself
    }

    /**
     * Returns whether a method of a class is its override of another one, or a lambda expression in that, as javac names them:
     * with other compilers a lambda expression in an override counts as another method.
     */
    boolean isOverride(String in, String method, String descriptor, String overridden, String itsDescriptor) {
        boolean isItself = method.equals(overridden) && descriptor.equals(itsDescriptor);
        boolean isInLambda = method.startsWith("lambda$" + overridden + "$");
        return isItself || (isInLambda && declares(in, overridden + itsDescriptor));
    }

    private boolean declares(String type, String key) {
        byte[] found = files.find(type);
        return found != null && Declared.read(found).methods().containsKey(key);
    }
}
