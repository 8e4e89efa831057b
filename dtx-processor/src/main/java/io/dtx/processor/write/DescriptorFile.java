package io.dtx.processor.write;

import com.google.auto.common.MoreTypes;
import com.palantir.javapoet.TypeName;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.AnnotationUse;
import io.dtx.processor.model.Method;
import io.dtx.processor.model.Step;
import io.dtx.processor.model.Transaction;
import io.dtx.processor.model.TypeNames;
import io.dtx.spi.Weave;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** The text of {@code META-INF/dtx/<class>.json}: what the class has and needs, for tools; the same for the same source. */
final class DescriptorFile {

    private static final String SENSITIVE = ", \"sensitive\": true";

    private final Elements elements;

    DescriptorFile(Elements elements) {
        this.elements = elements;
    }

    String text(AnnotatedClass of) {
        SortedSet<String> resources = of.steps().stream()
                .map(Step::resource)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        String packagePrefix =
                of.packageElement().isUnnamed() ? "" : of.packageElement().getQualifiedName() + ".";
        return "{\n"
                + "  \"format\": 1,\n"
                + "  \"class\": " + quoted(elements.getBinaryName(of.type()).toString()) + ",\n"
                + woven(of, packagePrefix)
                + "  \"participant\": " + quoted(packagePrefix + of.participantName()) + ",\n"
                + "  \"resources\": " + list(resources.stream().map(DescriptorFile::quoted)) + ",\n"
                + "  \"guarded\": " + list(guarded(of.type()).stream().map(DescriptorFile::quoted)) + ",\n"
                + "  \"steps\": " + lines(of.steps().stream().map(DescriptorFile::step)) + ",\n"
                + "  \"transactions\": " + lines(of.transactions().stream().map(DescriptorFile::transaction)) + "\n"
                + "}\n";
    }

    private static String woven(AnnotatedClass of, String packagePrefix) {
        if (of.weave() == Weave.SUBCLASS) {
            return "  \"bean\": " + quoted(packagePrefix + of.beanName()) + ",\n";
        }
        return "  \"weave\": " + quoted(of.weave().name().toLowerCase(Locale.ROOT)) + ",\n" + "  \"calls\": "
                + quoted(packagePrefix + of.callsName()) + ",\n";
    }

    private static String step(Step step) {
        return "{\"name\": " + quoted(step.name())
                + ", \"method\": " + quoted(signature(step.method()))
                + ", \"kind\": " + quoted(step.isExternal() ? "EXTERNAL" : "LOCAL_TX")
                + (step.isExternal() ? "" : ", \"resource\": " + quoted(step.resource()))
                + (step.onlyReads() ? "" : ", \"compensation\": " + quoted(step.compensate()))
                + (step.sensitive() ? SENSITIVE : "")
                + ", \"contract\": " + quoted(String.format(Locale.ROOT, "%016x", Contract.of(step))) + "}";
    }

    private static String transaction(Transaction transaction) {
        return "{\"name\": " + quoted(transaction.name())
                + ", \"method\": " + quoted(signature(transaction.method()))
                + ", \"mode\": " + quoted(transaction.mode())
                + ", \"propagation\": " + quoted(transaction.propagation())
                + ", \"timeoutMillis\": " + transaction.timeout().millis()
                + (transaction.sensitive() ? SENSITIVE : "") + "}";
    }

    private static String signature(Method method) {
        return method.parameterTypes().stream()
                .map(type -> TypeName.get(type).toString())
                .collect(Collectors.joining(",", method.name() + "(", ")"));
    }

    // Of fields, constructors' and methods' parameters, also inherited ones, as containers inject them.
    private static SortedSet<String> guarded(TypeElement type) {
        SortedSet<String> names = new TreeSet<>();
        TypeMirror each = type.asType();
        while (each.getKind() == TypeKind.DECLARED) {
            TypeElement owner = MoreTypes.asTypeElement(each);
            owner.getEnclosedElements().stream()
                    .flatMap(DescriptorFile::places)
                    .flatMap(place -> AnnotationUse.of(place, TypeNames.GUARDED).stream())
                    .forEach(guarded -> names.add(guarded.text("value")));
            each = owner.getSuperclass();
        }
        return names;
    }

    private static Stream<? extends Element> places(Element member) {
        return member instanceof ExecutableElement executable ? executable.getParameters().stream() : Stream.of(member);
    }

    private static String list(Stream<String> values) {
        return values.collect(Collectors.joining(", ", "[", "]"));
    }

    private static String lines(Stream<String> values) {
        List<String> all = values.toList();
        return all.isEmpty() ? "[]" : all.stream().collect(Collectors.joining(",\n    ", "[\n    ", "\n  ]"));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
