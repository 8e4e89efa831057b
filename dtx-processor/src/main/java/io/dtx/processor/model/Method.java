package io.dtx.processor.model;

import com.google.auto.common.MoreElements;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;

/**
 * A method that an annotated class declares or inherits.
 *
 * @param element the method
 * @param type its types, seen from the annotated class
 */
public record Method(ExecutableElement element, ExecutableType type) {

    /** Returns the method's name. */
    public String name() {
        return element.getSimpleName().toString();
    }

    /** Returns the class that declares it. */
    public TypeElement owner() {
        return MoreElements.asType(element.getEnclosingElement());
    }

    /** Returns how messages call it: {@code StockService.reserve}. */
    public String label() {
        return owner().getSimpleName() + "." + name();
    }

    /** Returns whether it has a modifier. */
    public boolean is(Modifier modifier) {
        return element.getModifiers().contains(modifier);
    }

    /** Returns whether it is neither private, protected nor public. */
    public boolean isPackagePrivate() {
        Set<Modifier> modifiers = element.getModifiers();
        return !modifiers.contains(Modifier.PRIVATE)
                && !modifiers.contains(Modifier.PROTECTED)
                && !modifiers.contains(Modifier.PUBLIC);
    }

    /** Returns whether it belongs to the same package as a class. */
    public boolean isInPackageOf(TypeElement type) {
        return MoreElements.getPackage(element).equals(MoreElements.getPackage(type));
    }

    /** Returns its parameters. */
    public List<? extends VariableElement> parameters() {
        return element.getParameters();
    }

    /** Returns its parameters' types. */
    public List<? extends TypeMirror> parameterTypes() {
        return type.getParameterTypes();
    }
}
