package io.dtx.processor.read;

import com.google.auto.common.MoreElements;
import com.google.auto.common.MoreTypes;
import io.dtx.processor.model.Method;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Finds the methods that a class declares or inherits from classes. */
final class MethodReader {

    private final Elements elements;
    private final Types types;

    MethodReader(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    /** Returns a class and its superclasses without Object, the class first. */
    List<TypeElement> lineage(TypeElement type) {
        List<TypeElement> lineage = new ArrayList<>();
        TypeElement each = type;
        while (!each.getQualifiedName().contentEquals("java.lang.Object") && !lineage.contains(each)) {
            lineage.add(each);
            TypeMirror superclass = each.getSuperclass();
            if (superclass.getKind() != TypeKind.DECLARED) {
                break;
            }
            each = MoreTypes.asTypeElement(superclass);
        }
        return lineage;
    }

    /** Returns the methods, each seen from the class; of overridden ones the most specific. */
    List<Method> methods(TypeElement type) {
        List<Method> methods = new ArrayList<>();
        DeclaredType self = MoreTypes.asDeclared(type.asType());
        for (TypeElement owner : lineage(type)) {
            for (ExecutableElement method : ElementFilter.methodsIn(owner.getEnclosedElements())) {
                if (methods.stream().noneMatch(known -> elements.overrides(known.element(), method, type))) {
                    methods.add(new Method(method, MoreTypes.asExecutable(types.asMemberOf(self, method))));
                }
            }
        }
        return methods;
    }

    /** Returns whether a method is one of Object's, overridden. */
    boolean isOfObject(Method method) {
        TypeElement object = elements.getTypeElement("java.lang.Object");
        return ElementFilter.methodsIn(object.getEnclosedElements()).stream()
                .anyMatch(known -> elements.overrides(method.element(), known, method.owner()));
    }

    /** Returns whether a class or one of its superclasses has a method or type with one of the annotations. */
    boolean mentions(TypeElement type, List<String> annotations) {
        for (TypeElement owner : lineage(type)) {
            if (annotations.stream().anyMatch(name -> MoreElements.isAnnotationPresent(owner, name))
                    || ElementFilter.methodsIn(owner.getEnclosedElements()).stream()
                            .anyMatch(method -> annotations.stream()
                                    .anyMatch(name -> MoreElements.isAnnotationPresent(method, name)))) {
                return true;
            }
        }
        return false;
    }
}
