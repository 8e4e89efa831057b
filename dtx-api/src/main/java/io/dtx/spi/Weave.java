package io.dtx.spi;

/** How the calls of an annotated class reach the {@link StepGateway}: what the processor's option {@code dtx.weave} says. */
public enum Weave {
    /** A generated subclass overrides the annotated methods: {@code -Adtx.weave=subclass}, the default. */
    SUBCLASS,
    /** The class itself is changed after its compilation, or when it is loaded: {@code -Adtx.weave=bytecode}. */
    BYTECODE,
    /** A container's interceptors, which do not see an object's calls of itself: {@code -Adtx.weave=none}. */
    NONE
}
