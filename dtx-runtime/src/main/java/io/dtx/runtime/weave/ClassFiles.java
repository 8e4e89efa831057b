package io.dtx.runtime.weave;

import org.jspecify.annotations.Nullable;

/** Where class files are found: in a build's output and class path, or by a class loader. */
@FunctionalInterface
interface ClassFiles {

    /** Returns a class file by the class's internal name; null if there is none. */
    byte @Nullable [] find(String name);
}
