package io.dtx.spi;

import io.dtx.spi.StepGateway.Body;
import org.jspecify.annotations.Nullable;

/**
 * How the annotated methods of one class enter a gateway, where no subclass does it. Generated code implements it, with a
 * static {@link EntryOf entry} per method for woven classes, and with {@link #enter} for interceptors. Stateless, but for the
 * gateway.
 */
public interface GeneratedCalls {

    /** Returns where the calls of the class enter once it is woven. */
    WovenGateway gateway();

    /**
     * Returns whether a method is a step or a transaction that an interceptor may enter.
     *
     * @param method its name and its descriptor, such as {@code reserve(Ljava/lang/String;I)J}
     */
    boolean has(String method);

    /**
     * Enters a gateway with a call that an interceptor has caught.
     *
     * @param gateway where to enter
     * @param method what {@link #has} knows
     * @param body calls the method itself; its result is of the method's type
     * @param arguments the call's arguments
     * @return what the method returned, null if it is void
     * @throws Throwable what the method throws, or the gateway
     */
    @Nullable
    Object enter(StepGateway gateway, String method, Body<?> body, @Nullable Object[] arguments) throws Throwable;
}
