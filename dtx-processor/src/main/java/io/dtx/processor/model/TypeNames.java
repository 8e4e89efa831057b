package io.dtx.processor.model;

/** The names of the annotations and types that the processor knows. */
public final class TypeNames {

    public static final String STEP = "io.dtx.SagaStep";
    public static final String TRANSACTION = "io.dtx.DistributedTransaction";
    public static final String STEP_RESULT = "io.dtx.StepResult";
    public static final String SENSITIVE = "io.dtx.Sensitive";
    public static final String STEP_CONTEXT = "io.dtx.StepContext";
    public static final String RECORDED_BY = "io.dtx.RecordedBy";
    public static final String GUARDED = "io.dtx.cdi.Guarded";
    public static final String ARGUMENT_CODEC = "io.dtx.spi.ArgumentCodec";
    public static final String PARTICIPANT = "io.dtx.spi.Participant";
    public static final String GENERATED_PARTICIPANT = "io.dtx.spi.GeneratedParticipant";
    public static final String WOVEN_BYTECODE = "io.dtx.spi.Woven";
    public static final String INJECT = "jakarta.inject.Inject";

    private TypeNames() {}
}
