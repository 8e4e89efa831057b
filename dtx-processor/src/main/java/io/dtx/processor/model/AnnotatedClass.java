package io.dtx.processor.model;

import com.google.auto.common.MoreElements;
import io.dtx.spi.Weave;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;

/**
 * A class that declares or inherits steps or transactions.
 *
 * @param type the class
 * @param weave how its calls are to be woven
 * @param transactionOnType the class's own {@code @DistributedTransaction}
 * @param methods all methods that it declares or inherits, the most specific first; those of Object left out
 * @param steps its steps
 * @param transactions its transactions
 * @param definitions how records and sealed interfaces are recorded, by their key
 */
public record AnnotatedClass(
        TypeElement type,
        Weave weave,
        Optional<AnnotationUse> transactionOnType,
        List<Method> methods,
        List<Step> steps,
        List<Transaction> transactions,
        Map<String, Definition> definitions) {

    /** Returns the name in messages and in the log: {@code Outer.Inner}. */
    public String label() {
        return nested(type, ".");
    }

    /** Returns the name of the generated subclass. */
    public String beanName() {
        return Weave.nameFor(nested(type, "$"), Weave.BEAN);
    }

    /** Returns the name of the generated participant. */
    public String participantName() {
        return Weave.nameFor(nested(type, "$"), Weave.PARTICIPANT);
    }

    /** Returns the name of the generated calls. */
    public String callsName() {
        return Weave.nameFor(nested(type, "$"), Weave.CALLS);
    }

    /** Returns the class's package. */
    public PackageElement packageElement() {
        return MoreElements.getPackage(type);
    }

    /** Returns whether nothing can be an instance of just this class: its subclasses are woven instead. */
    public boolean isAbstract() {
        return type.getModifiers().contains(Modifier.ABSTRACT) || type.getKind().isInterface();
    }

    /** Returns whether the class's own bytecode is woven. */
    public boolean inBytecode() {
        return weave == Weave.BYTECODE;
    }

    /** Returns whether code is written for it. */
    public boolean isWritten() {
        boolean hasDefaults = inBytecode() && type.getKind().isInterface();
        return hasDefaults ? !steps.isEmpty() || !transactions.isEmpty() : !isAbstract();
    }

    private static String nested(TypeElement type, String separator) {
        List<TypeElement> inward = new ArrayList<>(Nesting.outward(type));
        Collections.reverse(inward);
        return inward.stream().map(each -> each.getSimpleName().toString()).collect(Collectors.joining(separator));
    }
}
