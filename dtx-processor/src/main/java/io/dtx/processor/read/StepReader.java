package io.dtx.processor.read;

import com.google.auto.common.MoreElements;
import com.google.auto.common.MoreTypes;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.AnnotationUse;
import io.dtx.processor.model.Compensation;
import io.dtx.processor.model.Duration;
import io.dtx.processor.model.Method;
import io.dtx.processor.model.Parameter;
import io.dtx.processor.model.Parameter.Role;
import io.dtx.processor.model.Recorded;
import io.dtx.processor.model.Retry;
import io.dtx.processor.model.Step;
import io.dtx.processor.model.TypeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/** Reads the steps of one class. */
final class StepReader {

    private final AnnotatedClass of;
    private final RecordedReader recorded;
    private final SensitiveReader sensitive;

    StepReader(AnnotatedClass of, RecordedReader recorded, SensitiveReader sensitive) {
        this.of = of;
        this.recorded = recorded;
        this.sensitive = sensitive;
    }

    Step read(Method method, AnnotationUse annotation) {
        String name = annotation.text("name");
        String compensate = annotation.text("compensate");
        List<Compensation> candidates = candidates(compensate);
        Optional<Compensation> compensation =
                candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
        return new Step(
                method,
                annotation,
                name.isEmpty() ? of.label() + "." + method.name() : name,
                compensate,
                candidates,
                annotation.text("resource"),
                Duration.of(annotation.text("timeout")),
                annotation.types("noEffectOn"),
                retry(annotation, "retry"),
                retry(annotation, "compensationRetry"),
                compensation.map(each -> arguments(method, each)).orElse(List.of()),
                compensation
                        .flatMap(Compensation::result)
                        .map(parameter -> recorded.of(method.type().getReturnType(), method.element())),
                sensitive.has(method)
                        || compensation
                                .map(Compensation::method)
                                .filter(sensitive::has)
                                .isPresent());
    }

    private List<Compensation> candidates(String compensate) {
        return of.methods().stream()
                .filter(method -> method.name().equals(compensate))
                .map(method -> new Compensation(method, parameters(method)))
                .toList();
    }

    private static List<Parameter> parameters(Method method) {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < method.parameters().size(); i++) {
            VariableElement element = method.parameters().get(i);
            TypeMirror type = method.parameterTypes().get(i);
            parameters.add(new Parameter(element, type, role(element, type)));
        }
        return parameters;
    }

    private static Role role(VariableElement element, TypeMirror type) {
        if (MoreElements.isAnnotationPresent(element, TypeNames.STEP_RESULT)) {
            return Role.RESULT;
        }
        return isContext(type) ? Role.CONTEXT : Role.ARGUMENT;
    }

    private static boolean isContext(TypeMirror type) {
        return MoreTypes.isType(type)
                && type.getKind() == javax.lang.model.type.TypeKind.DECLARED
                && MoreTypes.asTypeElement(type).getQualifiedName().contentEquals(TypeNames.STEP_CONTEXT);
    }

    // A codec may be named on the step's parameter or on the compensation's: the same argument.
    private List<Recorded> arguments(Method step, Compensation compensation) {
        List<Recorded> arguments = new ArrayList<>();
        List<Parameter> taken = compensation.arguments();
        for (int i = 0; i < Math.min(taken.size(), step.parameters().size()); i++) {
            VariableElement given = step.parameters().get(i);
            boolean namesCodec = MoreElements.isAnnotationPresent(given, TypeNames.RECORDED_BY);
            arguments.add(recorded.of(
                    step.parameterTypes().get(i),
                    namesCodec ? given : taken.get(i).element()));
        }
        return arguments;
    }

    private static Retry retry(AnnotationUse step, String member) {
        return step.nested(member).map(StepReader::retry).orElseGet(() -> Retry.unwritten(step));
    }

    // javac does not know the defaults of an annotation that only class files mention: they are repeated in the model.
    private static Retry retry(AnnotationUse annotation) {
        Retry defaults = Retry.unwritten(annotation);
        return new Retry(
                annotation,
                written(annotation, "maxAttempts", use -> (int) use.number("maxAttempts"), defaults.maxAttempts()),
                written(annotation, "delay", use -> Duration.of(use.text("delay")), defaults.delay()),
                written(annotation, "multiplier", use -> use.number("multiplier"), defaults.multiplier()),
                written(annotation, "maxDelay", use -> Duration.of(use.text("maxDelay")), defaults.maxDelay()),
                written(annotation, "jitter", use -> use.number("jitter"), defaults.jitter()),
                written(annotation, "retryOn", use -> use.types("retryOn"), defaults.retryOn()),
                written(annotation, "abortOn", use -> use.types("abortOn"), defaults.abortOn()));
    }

    private static <T> T written(AnnotationUse use, String member, Function<AnnotationUse, T> read, T otherwise) {
        return use.isWritten(member) ? read.apply(use) : otherwise;
    }
}
