package io.dtx.processor.model;

import com.google.auto.common.MoreElements;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** The types that a type is nested in. */
public final class Nesting {

    private Nesting() {}

    /** Returns a type and the types around it, the outermost last. */
    public static List<TypeElement> outward(Element type) {
        List<TypeElement> outward = new ArrayList<>();
        Element each = type;
        while (each != null && MoreElements.isType(each)) {
            outward.add(MoreElements.asType(each));
            each = each.getEnclosingElement();
        }
        return outward;
    }
}
