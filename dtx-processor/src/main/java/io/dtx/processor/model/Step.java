package io.dtx.processor.model;

import java.util.List;
import java.util.Optional;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * A method with {@code @SagaStep}.
 *
 * @param method the method
 * @param annotation the annotation
 * @param name the name in the log
 * @param compensate the compensation's name, as written
 * @param candidates the methods of that name
 * @param resource the resource; empty for an EXTERNAL step
 * @param timeout how long one call may take
 * @param noEffectOn exceptions that prove no effect
 * @param retry how the live call is tried again
 * @param compensationRetry how the compensation is tried again
 * @param arguments how the arguments are recorded that the compensation takes
 * @param result how the result is recorded, if the compensation takes it
 * @param sensitive whether a value of the method or of its compensation is {@code @Sensitive}
 */
public record Step(
        Method method,
        AnnotationUse annotation,
        String name,
        String compensate,
        List<Compensation> candidates,
        String resource,
        Duration timeout,
        List<TypeMirror> noEffectOn,
        Retry retry,
        Retry compensationRetry,
        List<Recorded> arguments,
        Optional<Recorded> result,
        boolean sensitive) {

    /** The {@link #compensate} of a step that only reads. */
    public static final String NONE = "-";

    /** Returns whether nothing guards its effect. */
    public boolean isExternal() {
        return resource.isEmpty();
    }

    /** Returns whether it says that there is nothing to undo. */
    public boolean onlyReads() {
        return compensate.equals(NONE);
    }

    /** Returns the compensation, if there is just one that could be meant. */
    public Optional<Compensation> compensation() {
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    /** Returns whether the method returns a value. */
    public boolean returnsValue() {
        return method.type().getReturnType().getKind() != TypeKind.VOID;
    }

    /** Returns whether it may be called outside a transaction. */
    public boolean isStandalone() {
        return annotation.flag("standalone");
    }
}
