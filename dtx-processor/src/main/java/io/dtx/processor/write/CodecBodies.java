package io.dtx.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import io.dtx.processor.model.Recorded;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * The bodies of a codec's two methods: {@code out} and {@code value} in the one, {@code in} in the other.
 *
 * @param out calls that write
 * @param in calls that read
 * @param writer the writing method
 * @param reader the reading method
 */
record CodecBodies(CodecCalls out, CodecCalls in, MethodSpec.Builder writer, MethodSpec.Builder reader) {

    void add(Recorded recorded) {
        if (recorded instanceof Recorded.Plain box) {
            addBox(box);
        } else if (recorded instanceof Recorded.Maybe maybe) {
            addOptional(maybe);
        } else if (recorded instanceof Recorded.Elements elements) {
            addElements(elements);
        } else if (recorded instanceof Recorded.Entries entries) {
            addEntries(entries);
        } else if (recorded instanceof Recorded.Array array) {
            addArray(array);
        } else {
            throw new IllegalArgumentException("not valid: " + recorded);
        }
    }

    void addByCodec(Recorded.ByCodec by, String codec) {
        if (by.type().getKind().isPrimitive()) {
            writer.addStatement("$L.write(out, value)", codec);
            reader.addStatement("return $L.read(in)", codec);
            return;
        }
        writer.beginControlFlow("if (out.writePresence(value))")
                .addStatement("$L.write(out, value)", codec)
                .endControlFlow();
        reader.addStatement("return in.readPresence() ? $L.read(in) : null", codec);
    }

    private void addBox(Recorded.Plain box) {
        writer.beginControlFlow("if (out.writePresence(value))")
                .addStatement("out.$L(value)", box.plain().writer())
                .endControlFlow();
        reader.addStatement(
                "return in.readPresence() ? $T.valueOf(in.$L()) : null",
                TypeName.get(box.type()),
                box.plain().reader());
    }

    private void addOptional(Recorded.Maybe maybe) {
        writer.beginControlFlow("if (out.writeOptional(value))")
                .addStatement(out.write(maybe.value(), "value.get()"))
                .endControlFlow();
        reader.beginControlFlow("switch (in.readTag(2))")
                .addCode("case 0:\n$>")
                .addStatement("return null")
                .addCode("$<case 1:\n$>")
                .addStatement("return $T.empty()", Optional.class)
                .addCode("$<default:\n$>")
                .addStatement("return $T.ofNullable($L)", Optional.class, in.read(maybe.value()))
                .addCode("$<")
                .endControlFlow();
    }

    // A copy is written: its size and its elements belong together also while others change the collection.
    private void addElements(Recorded.Elements elements) {
        TypeName element = TypeName.get(elements.element().type());
        TypeName list = Spi.of(ClassName.get(List.class), element);
        writer.addStatement("$T copy = value == null ? null : new $T<>(value)", list, ArrayList.class)
                .beginControlFlow("if (out.writeSize(copy))")
                .beginControlFlow("for ($T each : copy)", element)
                .addStatement(out.write(elements.element(), "each"))
                .endControlFlow()
                .endControlFlow();
        beginReading();
        reader.addStatement(
                        "$T values = new $T<>()",
                        Spi.of(ClassName.get(elements.distinct() ? Set.class : List.class), element),
                        elements.distinct() ? LinkedHashSet.class : ArrayList.class)
                .beginControlFlow("for (int i = 0; i < size; i++)")
                .addStatement("values.add($L)", in.read(elements.element()))
                .endControlFlow()
                .addStatement("return values");
    }

    private void addEntries(Recorded.Entries entries) {
        TypeName key = TypeName.get(entries.key().type());
        TypeName value = TypeName.get(entries.value().type());
        TypeName map = ParameterizedTypeName.get(ClassName.get(Map.class), key, value);
        writer.addStatement("$T copy = value == null ? null : new $T<>(value)", map, LinkedHashMap.class)
                .beginControlFlow("if (out.writeSize(copy))")
                .beginControlFlow("for ($T.Entry<$T, $T> each : copy.entrySet())", Map.class, key, value)
                .addStatement(out.write(entries.key(), "each.getKey()"))
                .addStatement(out.write(entries.value(), "each.getValue()"))
                .endControlFlow()
                .endControlFlow();
        beginReading();
        reader.addStatement("$T values = new $T<>()", map, LinkedHashMap.class)
                .beginControlFlow("for (int i = 0; i < size; i++)")
                .addStatement("$T key = $L", key, in.read(entries.key()))
                .addStatement("values.put(key, $L)", in.read(entries.value()))
                .endControlFlow()
                .addStatement("return values");
    }

    private void addArray(Recorded.Array array) {
        writer.beginControlFlow("if (out.writeSize(value == null ? -1 : value.length))")
                .beginControlFlow(
                        "for ($T each : value)", TypeName.get(array.element().type()))
                .addStatement(out.write(array.element(), "each"))
                .endControlFlow()
                .endControlFlow();
        beginReading();
        reader.addStatement("$T values = $L", TypeName.get(array.type()), newArray(array.type()))
                .beginControlFlow("for (int i = 0; i < size; i++)")
                .addStatement("values[i] = $L", in.read(array.element()))
                .endControlFlow()
                .addStatement("return values");
    }

    private void beginReading() {
        reader.addStatement("int size = in.readSize()")
                .beginControlFlow("if (size < 0)")
                .addStatement("return null")
                .endControlFlow();
    }

    // new Element[size][][]: the type arguments of the elements cannot be said there.
    private static CodeBlock newArray(TypeMirror type) {
        StringBuilder further = new StringBuilder();
        TypeMirror element = ((ArrayType) type).getComponentType();
        while (element.getKind() == TypeKind.ARRAY) {
            element = ((ArrayType) element).getComponentType();
            further.append("[]");
        }
        TypeName name = TypeName.get(element);
        TypeName raw = name instanceof ParameterizedTypeName generic ? generic.rawType() : name;
        return CodeBlock.of("new $T[size]$L", raw, further);
    }
}
