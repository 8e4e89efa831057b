package io.dtx.spi;

/** How the calls of an annotated class reach the {@link StepGateway}: what the processor's option {@code dtx.weave} says. */
public enum Weave {
    /** A generated subclass overrides the annotated methods: {@code -Adtx.weave=subclass}, the default. */
    SUBCLASS,
    /** The class itself is changed after its compilation, or when it is loaded: {@code -Adtx.weave=bytecode}. */
    BYTECODE,
    /** A container's interceptors, which do not see an object's calls of itself: {@code -Adtx.weave=none}. */
    NONE;

    /** How the name of a generated subclass ends. */
    public static final String BEAN = "_DtxBean";

    /** How the name of {@link GeneratedCalls generated calls} ends. */
    public static final String CALLS = "_DtxCalls";

    /** How the name of a generated {@link Participant} ends. */
    public static final String PARTICIPANT = "_DtxParticipant";

    /** Returns the name of what is generated for a class; its binary name may have dots or slashes. */
    public static String nameFor(String annotated, String ending) {
        int simple = Math.max(annotated.lastIndexOf('.'), annotated.lastIndexOf('/')) + 1;
        return annotated.substring(0, simple) + annotated.substring(simple).replace('$', '_') + ending;
    }
}
