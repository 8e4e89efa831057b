package io.dtx.processor.validate;

import io.dtx.processor.message.Message;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.AnnotationUse;
import io.dtx.processor.model.Compensation;
import io.dtx.processor.model.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** A woven method's work is over when it returns, and no transaction of somebody else gets between it and its own. */
final class AsynchronousRule implements Rule {

    private static final List<String> LATER = List.of(
            "java.util.concurrent.CompletionStage",
            "java.util.concurrent.Future",
            "java.util.concurrent.Flow.Publisher",
            "io.smallrye.mutiny.Uni",
            "io.smallrye.mutiny.Multi",
            "org.reactivestreams.Publisher");
    private static final List<String> ELSEWHERE = List.of(
            "jakarta.ejb.Asynchronous",
            "jakarta.enterprise.concurrent.Asynchronous",
            "org.eclipse.microprofile.faulttolerance.Asynchronous");
    private static final String TRANSACTIONAL = "jakarta.transaction.Transactional";
    private static final Set<String> WITHOUT_JTA = Set.of("NOT_SUPPORTED", "NEVER", "SUPPORTS");
    private static final Set<String> OUT_OF_ATOMIC = Set.of("NOT_SUPPORTED", "REQUIRES_NEW");
    private static final String RETRY = "org.eclipse.microprofile.faulttolerance.Retry";

    private final Elements elements;
    private final Types types;

    AsynchronousRule(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        for (Woven woven : Woven.of(of)) {
            Method method = woven.method();
            TypeMirror result = method.type().getReturnType();
            if (isLater(result)) {
                problems.add(Message.METHOD_ASYNCHRONOUS, Place.of(method.element()), method.label(), Names.of(result));
            }
            for (String annotation : ELSEWHERE) {
                on(of, method, annotation)
                        .ifPresent(use -> problems.add(
                                Message.METHOD_DEFERRED, use.place(), method.label(), KindRule.simple(annotation)));
            }
            if (woven.isAtomic()) {
                judgeAtomic(of, method, problems);
            } else {
                judgeTransactional(of, method, problems);
            }
            if (woven.isStep()) {
                on(of, method, RETRY)
                        .ifPresent(use -> problems.add(Message.RETRIED_OUTSIDE, use.place(), method.label()));
            }
        }
        of.steps()
                .forEach(step -> step.compensation()
                        .map(Compensation::method)
                        .ifPresent(method -> judgeTransactional(of, method, problems)));
    }

    private static void judgeTransactional(AnnotatedClass of, Method method, Problems problems) {
        on(of, method, TRANSACTIONAL)
                .filter(use -> !WITHOUT_JTA.contains(use.constant("value")))
                .ifPresent(
                        use -> problems.add(Message.METHOD_OF_JTA, use.place(), method.label(), use.constant("value")));
    }

    // An ATOMIC transaction is one of JTA: what joins that joins it, and what suspends it would work beside it.
    private static void judgeAtomic(AnnotatedClass of, Method method, Problems problems) {
        on(of, method, TRANSACTIONAL)
                .filter(use -> OUT_OF_ATOMIC.contains(use.constant("value")))
                .ifPresent(use ->
                        problems.add(Message.METHOD_OUT_OF_ATOMIC, use.place(), method.label(), use.constant("value")));
    }

    private boolean isLater(TypeMirror result) {
        if (result.getKind() != TypeKind.DECLARED) {
            return false;
        }
        return LATER.stream()
                .flatMap(name -> Stream.ofNullable(elements.getTypeElement(name)))
                .map(TypeElement::asType)
                .anyMatch(later -> types.isSubtype(types.erasure(result), types.erasure(later)));
    }

    // An interceptor's annotation is the method's, else the class's, else that of the class that declares the method.
    private static Optional<AnnotationUse> on(AnnotatedClass of, Method method, String annotation) {
        return AnnotationUse.of(method.element(), annotation)
                .or(() -> AnnotationUse.of(of.type(), annotation))
                .or(() -> AnnotationUse.of(method.owner(), annotation));
    }
}
