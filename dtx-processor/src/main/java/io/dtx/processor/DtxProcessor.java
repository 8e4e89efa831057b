package io.dtx.processor;

import com.google.auto.common.MoreElements;
import io.dtx.processor.message.Message;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.message.Reporter;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.SuperCall;
import io.dtx.processor.read.ClassReader;
import io.dtx.processor.read.SuperCalls;
import io.dtx.processor.validate.Rules;
import io.dtx.processor.write.ClassWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * The processor: reads annotated classes, says all that is wrong with them, and writes the code that weaves the others.
 *
 * <p>It looks at every class, as one that inherits its steps bears no annotation. A class whose code is not complete yet
 * waits for the next round; in the last one nothing is written.
 */
@SupportedAnnotationTypes("*")
@SupportedOptions(WeaveOption.NAME)
public final class DtxProcessor extends AbstractProcessor {

    private final List<String> written = new ArrayList<>();
    private final Set<String> right = new HashSet<>();
    private @Nullable Parts parts;
    private boolean weaveIsSaid;

    /** What needs the compiler's environment. */
    private record Parts(
            WeaveOption weave,
            ClassReader reader,
            Rules rules,
            ClassWriter writer,
            Reporter reporter,
            Waiting waiting) {}

    /** Creates the processor; compilers do. */
    public DtxProcessor() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        WeaveOption weave = WeaveOption.of(environment.getOptions().get(WeaveOption.NAME));
        ClassReader reader = new ClassReader(environment.getElementUtils(), environment.getTypeUtils(), weave.weave());
        Reporter reporter = new Reporter(environment.getMessager());
        Parts with = new Parts(
                weave,
                reader,
                new Rules(environment.getElementUtils(), environment.getTypeUtils(), reporter::hasSource),
                new ClassWriter(environment.getFiler(), environment.getElementUtils(), environment.getTypeUtils()),
                reporter,
                new Waiting(environment.getElementUtils(), reader, reporter));
        parts = with;
        SuperCalls.find(environment, call -> judge(call, with));
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        Parts with = parts;
        if (with == null) {
            return false;
        }
        with.reporter().addSources(round.getRootElements());
        if (round.processingOver()) {
            with.waiting().giveUp();
            written.forEach(name -> judgeModule(name, with));
        } else {
            Set<TypeElement> types = new LinkedHashSet<>();
            round.getRootElements().forEach(root -> addTypes(root, types));
            with.waiting().ready(types).forEach(type -> process(type, with));
        }
        return false;
    }

    private void process(TypeElement type, Parts with) {
        if (!with.weave().isKnown()) {
            refuseWeave(type, with);
            return;
        }
        AnnotatedClass read = with.reader().read(type);
        Problems problems = new Problems(type);
        if (!with.reader().isAnnotated(type)) {
            with.rules().judgeOverrides(read, problems);
            with.reporter().report(problems);
            return;
        }
        with.rules().judge(read, problems);
        with.reporter().report(problems);
        if (problems.hasErrors()) {
            return;
        }
        right.add(type.getQualifiedName().toString());
        if (!read.isWritten()) {
            return;
        }
        try {
            with.writer().write(read);
            written.add(type.getQualifiedName().toString());
        } catch (IOException e) {
            String text = "cannot write the code of " + type + ": " + e;
            processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, text, type);
        }
    }

    private void judge(SuperCall call, Parts with) {
        TypeElement of = call.of();
        if (right.contains(of.getQualifiedName().toString())) {
            TypeElement owner = MoreElements.asType(call.called().getEnclosingElement());
            Problems problems = new Problems(of);
            with.rules().judgeSuperCall(with.reader().read(of), with.reader().read(owner), call, problems);
            with.reporter().report(problems);
        }
    }

    // Once, at the first class: the option has no place of its own.
    private void refuseWeave(TypeElement type, Parts with) {
        if (!weaveIsSaid) {
            Problems problems = new Problems(type);
            problems.add(
                    Message.WEAVE_UNKNOWN,
                    Place.of(type),
                    with.weave().written(),
                    with.weave().suggestion());
            with.reporter().report(problems);
            weaveIsSaid = true;
        }
    }

    // javac resolves what a module provides once, when it is first asked for.
    private void judgeModule(String name, Parts with) {
        TypeElement type = processingEnv.getElementUtils().getTypeElement(name);
        if (type != null) {
            Problems problems = new Problems(type);
            with.rules().judgeModule(with.reader().read(type), problems);
            with.reporter().report(problems);
        }
    }

    private static void addTypes(Element element, Set<TypeElement> types) {
        if (MoreElements.isType(element)) { // else a package or a module
            TypeElement type = MoreElements.asType(element);
            types.add(type);
            ElementFilter.typesIn(type.getEnclosedElements()).forEach(inner -> addTypes(inner, types));
        }
    }
}
