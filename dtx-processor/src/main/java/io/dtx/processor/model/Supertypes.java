package io.dtx.processor.model;

import com.google.auto.common.MoreTypes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** What a type extends and implements, the JDK's left out. */
public final class Supertypes {

    private Supertypes() {}

    /** Returns the superclasses of a type, the nearest first. */
    public static Stream<TypeElement> classes(TypeElement type) {
        List<TypeElement> found = new ArrayList<>();
        TypeMirror next = type.getSuperclass();
        while (isOfUser(next) && !found.contains(MoreTypes.asTypeElement(next))) {
            found.add(MoreTypes.asTypeElement(next));
            next = MoreTypes.asTypeElement(next).getSuperclass();
        }
        return found.stream();
    }

    /** Returns the interfaces of a type and of its superclasses, the nearest first. */
    public static Stream<TypeElement> interfaces(TypeElement type) {
        Set<TypeElement> found = new LinkedHashSet<>();
        addInterfaces(type, found);
        classes(type).forEach(each -> addInterfaces(each, found));
        return found.stream();
    }

    private static void addInterfaces(TypeElement type, Set<TypeElement> found) {
        for (TypeMirror each : type.getInterfaces()) {
            if (isOfUser(each) && found.add(MoreTypes.asTypeElement(each))) {
                addInterfaces(MoreTypes.asTypeElement(each), found);
            }
        }
    }

    private static boolean isOfUser(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED
                && !MoreTypes.asTypeElement(type).getQualifiedName().toString().startsWith("java.");
    }
}
