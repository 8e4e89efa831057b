package io.dtx.processor.validate;

import io.dtx.processor.message.Message;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.Retry;
import io.dtx.processor.model.Step;
import io.dtx.spi.Weave;
import java.util.List;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** Retries are a schedule: they end, and their delays do not shrink. */
record RetryRule(Types types) implements Rule {

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        for (Step step : of.steps()) {
            if (of.weave() == Weave.NONE && step.retry().maxAttempts() > 1) {
                problems.add(
                        Message.RETRIED_BY_INTERCEPTORS,
                        step.retry().annotation().place("maxAttempts"),
                        step.retry().maxAttempts(),
                        step.method().label());
            }
            for (Retry retry : List.of(step.retry(), step.compensationRetry())) {
                judge(retry, problems);
            }
        }
    }

    private void judge(Retry retry, Problems problems) {
        if (retry.maxAttempts() < 0) {
            problems.add(Message.RETRY_ATTEMPTS, retry.annotation().place("maxAttempts"), retry.maxAttempts());
        }
        if (!(retry.multiplier() >= 1 && retry.multiplier() <= 1_000)) {
            problems.add(Message.RETRY_MULTIPLIER, retry.annotation().place("multiplier"), retry.multiplier());
        }
        if (!(retry.jitter() >= 0 && retry.jitter() <= 1)) {
            problems.add(Message.RETRY_JITTER, retry.annotation().place("jitter"), retry.jitter());
        }
        SettingRule.duration(retry.annotation(), "delay", retry.delay(), problems);
        SettingRule.duration(retry.annotation(), "maxDelay", retry.maxDelay(), problems);
        if (retry.maxDelay().millis() > 0
                && retry.delay().millis() > retry.maxDelay().millis()) {
            problems.add(
                    Message.RETRY_DELAYS,
                    retry.annotation().place("delay"),
                    retry.delay().text(),
                    retry.maxDelay().text());
        }
        for (TypeMirror type : retry.retryOn()) {
            if (retry.abortOn().stream().anyMatch(other -> types.isSameType(type, other))) {
                problems.add(Message.RETRY_BOTH, retry.annotation().place("abortOn"), Names.of(type));
            }
        }
    }
}
