package io.dtx.processor;

import com.google.auto.common.MoreElements;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.read.ClassReader;
import io.dtx.processor.validate.Rules;
import io.dtx.processor.write.ClassWriter;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * The processor: reads annotated classes, says all that is wrong with them, and writes the code that weaves the others.
 *
 * <p>It looks at every class, as one that inherits its steps bears no annotation. A class whose code is not complete yet waits
 * for the next round; in the last one nothing is written.
 */
@SupportedAnnotationTypes("*")
public final class DtxProcessor extends AbstractProcessor {

    private final Problems problems = new Problems();
    private int reported;
    private @Nullable Parts parts;

    /** What needs the compiler's environment. */
    private record Parts(ClassReader reader, Rules rules, ClassWriter writer, Waiting waiting) {}

    /** Creates the processor; compilers do. */
    public DtxProcessor() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        ClassReader reader = new ClassReader(environment.getElementUtils(), environment.getTypeUtils());
        parts = new Parts(
                reader,
                new Rules(environment.getElementUtils(), environment.getTypeUtils()),
                new ClassWriter(environment.getFiler(), environment.getElementUtils()),
                new Waiting(environment.getElementUtils(), reader));
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        Parts with = parts;
        if (with == null) {
            return false;
        }
        if (round.processingOver()) {
            with.waiting().giveUp(problems);
        } else {
            Set<TypeElement> found = new LinkedHashSet<>();
            round.getRootElements().forEach(root -> addAnnotated(root, found, with.reader()));
            with.waiting().ready(found).forEach(type -> process(type, with));
        }
        reported = problems.report(processingEnv.getMessager(), reported);
        return false;
    }

    private void process(TypeElement type, Parts with) {
        AnnotatedClass read = with.reader().read(type);
        int before = problems.errors();
        with.rules().judge(read, problems);
        if (problems.errors() > before || read.isAbstract()) {
            return;
        }
        try {
            with.writer().write(read);
        } catch (IOException e) {
            processingEnv
                    .getMessager()
                    .printMessage(Diagnostic.Kind.ERROR, "cannot write the code of " + type + ": " + e, type);
        }
    }

    private static void addAnnotated(Element element, Set<TypeElement> found, ClassReader reader) {
        if (!MoreElements.isType(element)) {
            return; // a package or a module
        }
        TypeElement type = MoreElements.asType(element);
        if (reader.isAnnotated(type)) {
            found.add(type);
        }
        ElementFilter.typesIn(type.getEnclosedElements()).forEach(inner -> addAnnotated(inner, found, reader));
    }
}
