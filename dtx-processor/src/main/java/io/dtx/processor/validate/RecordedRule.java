package io.dtx.processor.validate;

import io.dtx.processor.message.Message;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.Compensation;
import io.dtx.processor.model.Parameter;
import io.dtx.processor.model.Recorded;
import io.dtx.processor.model.Step;
import java.util.List;
import java.util.Optional;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Everything that a compensation takes can be recorded. */
final class RecordedRule implements Rule {

    private final CodecRule codecs;

    RecordedRule(Elements elements, Types types) {
        this.codecs = new CodecRule(elements, types);
    }

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        if (of.isAbstract()) {
            return; // its type variables are known in subclasses only
        }
        for (Step step : of.steps()) {
            step.compensation().ifPresent(compensation -> {
                judgeArguments(of, step, compensation, problems);
                judgeResult(of, step, compensation, problems);
            });
        }
    }

    private void judgeArguments(AnnotatedClass of, Step step, Compensation compensation, Problems problems) {
        String undo = compensation.method().name();
        for (int i = 0; i < step.arguments().size(); i++) {
            Parameter parameter = compensation.arguments().get(i);
            Place place = ParameterRule.place(of, step, compensation, parameter);
            unrecordable(of, step.arguments().get(i), problems)
                    .ifPresent(part -> problems.add(
                            Message.ARGUMENT_UNRECORDABLE,
                            place,
                            undo,
                            parameter.name(),
                            Names.of(parameter.type()),
                            because(part),
                            undo,
                            hint(part)));
        }
    }

    private void judgeResult(AnnotatedClass of, Step step, Compensation compensation, Problems problems) {
        Optional<Parameter> taken = compensation.result();
        Optional<Recorded> recorded = step.result();
        if (taken.isEmpty() || recorded.isEmpty() || !step.returnsValue()) {
            return;
        }
        unrecordable(of, recorded.get(), problems)
                .ifPresent(part -> problems.add(
                        Message.RESULT_UNRECORDABLE,
                        ParameterRule.place(of, step, compensation, taken.get()),
                        step.method().label(),
                        Names.of(step.method().type().getReturnType()),
                        compensation.method().name(),
                        because(part),
                        hint(part)));
    }

    private Optional<RecordedPart> unrecordable(AnnotatedClass of, Recorded recorded, Problems problems) {
        List<RecordedPart> parts = RecordedPart.of(recorded, of.definitions());
        parts.forEach(part -> codecs.judge(part.recorded(), problems));
        return parts.stream()
                .filter(part -> part.recorded() instanceof Recorded.Unsupported)
                .findFirst();
    }

    private static String because(RecordedPart part) {
        String name = Names.of(part.recorded().type());
        return part.path().isEmpty() ? "" : " because of " + part.path() + " (" + name + ")";
    }

    private static String hint(RecordedPart part) {
        String hint = part.recorded() instanceof Recorded.Unsupported unsupported ? unsupported.hint() : "";
        return hint.isEmpty() ? ", or name an ArgumentCodec with @RecordedBy" : hint;
    }
}
