package io.dtx.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.WildcardTypeName;

/** The types of {@code io.dtx.spi} in generated code. */
final class Spi {

    static final ClassName PARTICIPANT = spi("Participant");
    static final ClassName PARTICIPANT_BEAN = spi("ParticipantBean");
    static final ClassName GENERATED_PARTICIPANT = spi("GeneratedParticipant");
    static final ClassName GENERATED_CALLS = spi("GeneratedCalls");
    static final ClassName WEAVE = spi("Weave");
    static final ClassName ENTRY_OF = spi("EntryOf");
    static final ClassName WOVEN_GATEWAY = spi("WovenGateway");
    static final ClassName GATEWAY = spi("StepGateway");
    static final ClassName BODY = GATEWAY.nestedClass("Body");
    static final ClassName STEP = spi("StepDescriptor");
    static final ClassName TRANSACTION = spi("TransactionDescriptor");
    static final ClassName RETRY = spi("RetrySchedule");
    static final ClassName CODEC = spi("ArgumentCodec");
    static final ClassName READER = spi("ArgumentReader");
    static final ClassName WRITER = spi("ArgumentWriter");
    static final ClassName SHAPE = spi("RecordShape");
    static final ClassName FRAME = spi("RecordFrame");
    static final ClassName TIME = spi("RecordedTime");
    static final ClassName MALFORMED = spi("MalformedRecordException");
    static final ClassName STEP_CONTEXT = ClassName.get("io.dtx", "StepContext");
    static final ClassName TRANSACTION_CONTEXT = ClassName.get("io.dtx", "TransactionContext");

    private Spi() {}

    static TypeName of(ClassName raw, TypeName argument) {
        return ParameterizedTypeName.get(raw, argument);
    }

    static TypeName ofAny(ClassName raw) {
        return of(raw, WildcardTypeName.subtypeOf(Object.class));
    }

    private static ClassName spi(String name) {
        return ClassName.get("io.dtx.spi", name);
    }
}
