package io.dtx.processor.validate;

import com.google.auto.common.MoreTypes;
import io.dtx.processor.message.Message;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.Nesting;
import io.dtx.processor.model.Recorded;
import io.dtx.processor.model.TypeNames;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** A codec of the user is one of the annotated type, and generated code can make it. */
record CodecRule(Elements elements, Types types) {

    void judge(Recorded recorded, Problems problems) {
        if (recorded instanceof Recorded.ByCodec by) {
            String flaw = flaw(by);
            if (!flaw.isEmpty()) {
                problems.add(
                        Message.CODEC_UNUSABLE,
                        by.annotation().place("value"),
                        Names.of(by.codec()),
                        Names.of(by.type()),
                        flaw);
            }
        }
    }

    private String flaw(Recorded.ByCodec by) {
        TypeElement codec = MoreTypes.asTypeElement(by.codec());
        TypeMirror value = by.type() instanceof PrimitiveType primitive
                ? types.boxedClass(primitive).asType()
                : by.type();
        TypeElement general = elements.getTypeElement(TypeNames.ARGUMENT_CODEC);
        if (codec.getModifiers().contains(Modifier.ABSTRACT)
                || !codec.getTypeParameters().isEmpty()) {
            return "make it a class that is neither abstract nor generic";
        }
        if (!types.isSubtype(by.codec(), types.getDeclaredType(general, value))) {
            return "make it an ArgumentCodec<" + Names.of(value) + ">";
        }
        List<TypeElement> nesting = Nesting.outward(codec);
        for (TypeElement each : nesting) {
            boolean isOutermost = each.equals(nesting.get(nesting.size() - 1));
            boolean isInner = !isOutermost && !each.getModifiers().contains(Modifier.STATIC);
            if (!each.getModifiers().contains(Modifier.PUBLIC) || isInner) {
                return "make " + each.getSimpleName() + " public" + (isInner ? " and static" : "");
            }
        }
        boolean canBeMade = ElementFilter.constructorsIn(codec.getEnclosedElements()).stream()
                .anyMatch(each ->
                        each.getParameters().isEmpty() && each.getModifiers().contains(Modifier.PUBLIC));
        return canBeMade ? "" : "give it a public constructor without parameters";
    }
}
