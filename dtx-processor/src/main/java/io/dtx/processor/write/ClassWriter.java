package io.dtx.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.spi.Weave;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import javax.tools.StandardLocation;

/** Writes the participant, the woven subclass or else the calls, and the descriptor of a class. */
public final class ClassWriter {

    private static final String GENERATED = "javax.annotation.processing.Generated";
    private static final String PROCESSOR = "io.dtx.processor.DtxProcessor";
    private static final Pattern JAVA_LANG = Pattern.compile("^import java\\.lang\\.(\\w+);$", Pattern.MULTILINE);
    // What compilers and their plugins may say about code that only repeats the user's types.
    private static final List<String> SILENCED = List.of(
            "all",
            "NullAway",
            "cast",
            "deprecation",
            "exports",
            "overloads",
            "rawtypes",
            "removal",
            "serial",
            "this-escape",
            "unchecked",
            "varargs");

    private static final List<TypeRule> PARTICIPANT =
            List.of(new Descriptors(), new Listing(), new Dispatch(), new Recorders(), new Codecs());

    private final Filer filer;
    private final Elements elements;
    private final List<TypeRule> calls;

    /** Writes through a compiler's filer. */
    public ClassWriter(Filer filer, Elements elements, Types types) {
        this.filer = filer;
        this.elements = elements;
        ClassFileNames names = new ClassFileNames(elements, types);
        this.calls = List.of(new CallsHeader(), new Entries(names), new Interception(names));
    }

    /**
     * Writes the files of a class that has no problems.
     *
     * @throws IOException if the compiler cannot take them
     */
    public void write(AnnotatedClass type) throws IOException {
        Generation generation = new Generation(type);
        save(generation, participant(generation));
        save(generation, type.weave() == Weave.SUBCLASS ? bean(generation) : calls(generation));
        String name = "META-INF/dtx/" + elements.getBinaryName(type.type()) + ".json";
        try (Writer out = filer.createResource(StandardLocation.CLASS_OUTPUT, "", name, type.type())
                .openWriter()) {
            out.write(new DescriptorFile(elements).text(type));
        }
    }

    private TypeSpec participant(Generation of) {
        TypeSpec.Builder type = TypeSpec.classBuilder(of.participant())
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addSuperinterface(Spi.PARTICIPANT)
                .addJavadoc(
                        "The steps and transactions of {@code $L}, and how its compensations are called.\n",
                        of.of().label());
        return apply(PARTICIPANT, type, of);
    }

    private TypeSpec calls(Generation of) {
        TypeSpec.Builder type = TypeSpec.classBuilder(of.calls())
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addSuperinterface(Spi.GENERATED_CALLS)
                .addJavadoc(
                        "How calls of {@code $L} enter a gateway.\n", of.of().label());
        return apply(calls, type, of);
    }

    private TypeSpec bean(Generation of) {
        boolean isPublic = of.of().type().getModifiers().contains(Modifier.PUBLIC);
        TypeSpec.Builder type = TypeSpec.classBuilder(of.bean())
                .addModifiers(isPublic ? new Modifier[] {Modifier.PUBLIC} : new Modifier[0])
                .superclass(of.type())
                .avoidClashesWithNestedClasses(of.of().type())
                .addSuperinterface(Spi.PARTICIPANT_BEAN)
                .addJavadoc("{@code $L} with its calls woven.\n", of.of().label());
        CopiedAnnotations copied = new CopiedAnnotations();
        boolean injects =
                elements.getTypeElement(elements.getModuleOf(of.of().type()), CopiedAnnotations.INJECT) != null;
        List<TypeRule> rules = List.of(
                new BeanHeader(copied),
                new GatewayBinding(injects),
                new Constructors(copied),
                new TransactionOverrides(copied),
                new StepOverrides(copied),
                new Bridges());
        return apply(rules, type, of);
    }

    private TypeSpec apply(List<TypeRule> rules, TypeSpec.Builder type, Generation of) {
        generated(of).ifPresent(type::addAnnotation);
        AnnotationSpec.Builder silenced = AnnotationSpec.builder(SuppressWarnings.class);
        SILENCED.forEach(name -> silenced.addMember("value", "$S", name));
        type.addAnnotation(silenced.build());
        type.addOriginatingElement(of.of().type());
        rules.forEach(rule -> rule.addTo(type, of));
        return type.build();
    }

    private Optional<AnnotationSpec> generated(Generation of) {
        TypeElement found = elements.getTypeElement(elements.getModuleOf(of.of().type()), GENERATED);
        return Optional.ofNullable(found)
                .map(element -> AnnotationSpec.builder(ClassName.get(element))
                        .addMember("value", "$S", PROCESSOR)
                        .build());
    }

    private void save(Generation of, TypeSpec type) throws IOException {
        JavaFile file = JavaFile.builder(of.packageName(), type).indent("    ").build();
        boolean isShadowed =
                JAVA_LANG.matcher(file.toString()).results().anyMatch(imported -> isInPackage(of, imported.group(1)));
        file.toBuilder().skipJavaLangImports(!isShadowed).build().writeTo(filer);
    }

    // Of one name, the package's own type would be meant, unless the other one is imported.
    private boolean isInPackage(Generation of, String simpleName) {
        String prefix = of.packageName().isEmpty() ? "" : of.packageName() + ".";
        return elements.getTypeElement(elements.getModuleOf(of.of().type()), prefix + simpleName) != null;
    }
}
