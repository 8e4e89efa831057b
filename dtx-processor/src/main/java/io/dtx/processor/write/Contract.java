package io.dtx.processor.write;

import io.dtx.processor.model.Recorded;
import io.dtx.processor.model.Step;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.Collectors;

/**
 * The hash of what the log records of a step: the first eight bytes of the SHA-256 of
 * {@code dtx-contract-1|resource|compensation|argument,argument|result}, with the {@linkplain Recorded#shape() shapes} of
 * what is recorded. The step's name is not in it, nor are names of classes, parameters and record components: the name is
 * looked up by itself, and records carry checks of their own that let components be added.
 */
final class Contract {

    private Contract() {}

    static long of(Step step) {
        String shape = String.join(
                "|",
                "dtx-contract-1",
                step.resource(),
                step.compensate(),
                step.arguments().stream().map(Recorded::shape).collect(Collectors.joining(",")),
                step.result().map(Recorded::shape).orElse(""));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(shape.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
