package io.dtx.testkit;

import io.dtx.spi.StepDescriptor;
import io.dtx.spi.StepGateway;
import io.dtx.spi.TransactionDescriptor;
import org.jspecify.annotations.Nullable;

/** The gateway of one life: says which calls it passes, and ends those of a process that has died. */
final class Entrance implements StepGateway {

    private final Life life;
    private final Script script;
    private final StepGateway running;

    Entrance(Life life, Script script, StepGateway running) {
        this.life = life;
        this.script = script;
        this.running = running;
    }

    @Override
    public <T extends @Nullable Object, E extends Throwable> T transaction(
            TransactionDescriptor transaction, Body<T> body) throws E {
        return life.<T, E>inside(() -> running.<T, Throwable>transaction(transaction, body));
    }

    @Override
    public <T extends @Nullable Object, E extends Throwable> T step(
            StepDescriptor<T> step, ArgumentRecorder arguments, Body<T> body) throws E {
        script.called(step);
        return life.<T, E>inside(() -> {
            T result = running.<T, Throwable>step(step, arguments, () -> work(step, body));
            script.pass(life, Points.AFTER + Points.end(step.name()));
            return result;
        });
    }

    private <T extends @Nullable Object> T work(StepDescriptor<T> step, Body<T> body) throws Throwable {
        script.pass(life, Points.BEFORE + Points.body(step.name()));
        T result = body.run();
        if (step.isExternal()) {
            life.tookEffectOutside(step.name(), false);
        }
        script.pass(life, Points.AFTER + Points.body(step.name()));
        return result;
    }
}
