package io.dtx.processor.read;

import com.google.auto.common.MoreElements;
import com.google.auto.common.MoreTypes;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.AnnotationUse;
import io.dtx.processor.model.Duration;
import io.dtx.processor.model.Method;
import io.dtx.processor.model.Step;
import io.dtx.processor.model.Supertypes;
import io.dtx.processor.model.Transaction;
import io.dtx.processor.model.TypeNames;
import io.dtx.spi.Weave;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads a class that declares or inherits steps or transactions. */
public final class ClassReader {

    private static final List<String> ANNOTATIONS = List.of(TypeNames.STEP, TypeNames.TRANSACTION);
    private static final Set<String> LIFECYCLE =
            Set.of("jakarta.annotation.PostConstruct", "jakarta.annotation.PreDestroy", TypeNames.INJECT);

    private final Elements elements;
    private final Types types;
    private final Weave weave;
    private final MethodReader methodReader;

    /** Reads with the compiler's view of the sources. */
    public ClassReader(Elements elements, Types types, Weave weave) {
        this.elements = elements;
        this.types = types;
        this.weave = weave;
        this.methodReader = new MethodReader(elements, types);
    }

    /** Returns whether a class is to be read: it, or a class that it extends, bears one of our annotations; but woven ones. */
    public boolean isAnnotated(TypeElement type) {
        return methodReader.mentions(type, ANNOTATIONS) && !isGenerated(type);
    }

    /** Returns whether a class implements an interface that has default methods with our annotations, directly or not. */
    public boolean implementsAnnotated(TypeElement type) {
        return type.getKind().isClass()
                && Supertypes.interfaces(type).anyMatch(each -> methodReader.mentions(each, ANNOTATIONS))
                && !isGenerated(type);
    }

    private boolean isGenerated(TypeElement type) {
        return lineage(type).stream()
                .anyMatch(each -> MoreElements.isAnnotationPresent(each, TypeNames.GENERATED_PARTICIPANT));
    }

    /** Returns whether a class extends one that is not known yet, directly or not. */
    public boolean hasUnknownSuperclass(TypeElement type) {
        List<TypeElement> lineage = lineage(type);
        return !lineage.isEmpty()
                && lineage.get(lineage.size() - 1).getSuperclass().getKind() == TypeKind.ERROR;
    }

    /** Returns the class and its superclasses without Object. */
    public List<TypeElement> lineage(TypeElement type) {
        return methodReader.lineage(type);
    }

    /** Reads a class. */
    public AnnotatedClass read(TypeElement type) {
        List<Method> methods = methodReader.methods(type);
        RecordedReader recorded = new RecordedReader(elements, types);
        Optional<AnnotationUse> onType = AnnotationUse.of(type, TypeNames.TRANSACTION);
        AnnotatedClass named =
                new AnnotatedClass(type, weave, onType, methods, List.of(), List.of(), recorded.definitions());
        SensitiveReader sensitive = new SensitiveReader(elements, types, type);
        List<Step> steps = steps(named, recorded, sensitive);
        List<Transaction> transactions = transactions(named, steps, sensitive);
        return new AnnotatedClass(type, weave, onType, methods, steps, transactions, recorded.definitions());
    }

    private List<Step> steps(AnnotatedClass of, RecordedReader recorded, SensitiveReader sensitive) {
        StepReader stepReader = new StepReader(of, recorded, sensitive);
        List<Step> steps = new ArrayList<>();
        for (Method method : inherited(of)) {
            AnnotationUse.of(method.element(), TypeNames.STEP)
                    .ifPresent(annotation -> steps.add(stepReader.read(method, annotation)));
        }
        return steps;
    }

    private List<Transaction> transactions(AnnotatedClass of, List<Step> steps, SensitiveReader sensitive) {
        Predicate<Method> taken = method -> steps.stream()
                .anyMatch(step -> step.method().equals(method)
                        || step.candidates().stream()
                                .anyMatch(each -> each.method().equals(method)));
        List<Transaction> transactions = new ArrayList<>();
        for (Method method : inherited(of)) {
            Optional<AnnotationUse> own = AnnotationUse.of(method.element(), TypeNames.TRANSACTION);
            if (own.isPresent()) {
                transactions.add(transaction(of, method, own.get(), sensitive.has(method)));
            } else if (isCovered(method) && !taken.test(method)) {
                onTypeOf(of, method)
                        .ifPresent(annotation ->
                                transactions.add(transaction(of, method, annotation, sensitive.has(method))));
            }
        }
        return transactions;
    }

    // The class's own annotation covers what it inherits too; a superclass's only what that one declares.
    private static Optional<AnnotationUse> onTypeOf(AnnotatedClass of, Method method) {
        return of.transactionOnType().or(() -> AnnotationUse.of(method.owner(), TypeNames.TRANSACTION));
    }

    private boolean isCovered(Method method) {
        return method.is(Modifier.PUBLIC)
                && !method.is(Modifier.STATIC)
                && !method.is(Modifier.ABSTRACT)
                && LIFECYCLE.stream().noneMatch(name -> MoreElements.isAnnotationPresent(method.element(), name))
                && !methodReader.isOfObject(method)
                && !isFixedByJdk(method)
                && !isAccessor(method);
    }

    // Enum.name, Thread.join: nothing can weave these, and nobody means them.
    private static boolean isFixedByJdk(Method method) {
        return method.is(Modifier.FINAL)
                && method.owner().getQualifiedName().toString().startsWith("java.");
    }

    private static boolean isAccessor(Method method) {
        return method.owner().getRecordComponents().stream()
                .anyMatch(component -> method.element().equals(component.getAccessor()));
    }

    private static Transaction transaction(
            AnnotatedClass of, Method method, AnnotationUse annotation, boolean sensitive) {
        boolean isItsOwn = annotation.on().equals(method.element());
        String name = isItsOwn ? annotation.text("name") : "";
        return new Transaction(
                method,
                annotation,
                name.isEmpty() ? of.label() + "." + method.name() : name,
                annotation.constant("mode"),
                annotation.constant("propagation"),
                Duration.of(annotation.text("timeout")),
                annotation.types("dontRollbackOn"),
                sensitive);
    }

    // A static method of a woven class enters for that class, whoever inherits it.
    private static boolean isOfItsOwner(AnnotatedClass of, Method method) {
        return of.inBytecode() && method.is(Modifier.STATIC) && !method.owner().equals(of.type());
    }

    // Superclasses' methods first: the order of declaration, for readers of the generated code.
    private List<Method> inherited(AnnotatedClass of) {
        List<TypeElement> lineage = methodReader.lineage(of.type());
        return of.methods().stream()
                .filter(method -> !isOfItsOwner(of, method))
                .sorted(Comparator.comparingInt((Method method) ->
                        -lineage.indexOf(MoreTypes.asTypeElement(method.owner().asType()))))
                .toList();
    }
}
