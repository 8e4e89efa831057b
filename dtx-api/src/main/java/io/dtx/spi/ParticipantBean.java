package io.dtx.spi;

/** A generated subclass of a class with annotated methods: calls through it, also {@code this.step()}, are woven. */
public interface ParticipantBean {

    /**
     * Gives the bean its gateway, before its first call; in CDI through an injected method.
     *
     * @param gateway where its annotated calls enter
     */
    void dtxBind(StepGateway gateway);
}
