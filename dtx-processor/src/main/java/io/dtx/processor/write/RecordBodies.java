package io.dtx.processor.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeName;
import io.dtx.processor.model.Definition;
import io.dtx.processor.model.Recorded;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.type.TypeKind;

/** The bodies of the codec methods of a record or a sealed interface. */
record RecordBodies(CodecBodies bodies) {

    private static final Set<String> LOCALS = Set.of("in", "frame", "e");

    /** Returns the constant with the record's components of today. */
    static FieldSpec shape(Definition.OfRecord record, String name) {
        CodeBlock components = record.components().stream()
                .map(each ->
                        CodeBlock.of(", $S", each.name() + ":" + each.recorded().shape()))
                .collect(CodeBlock.joining(""));
        return Recorders.constant(Spi.SHAPE, name)
                .initializer("$T.of($S$L)", Spi.SHAPE, simpleName(record), components)
                .build();
    }

    void add(Definition.OfRecord record, String shape) {
        List<Definition.Component> components = record.components();
        bodies.writer()
                .addStatement("int begin = out.beginRecord(value, $L)", shape)
                .beginControlFlow("if (begin >= 0)");
        for (Definition.Component each : components) {
            bodies.writer().addStatement(bodies.out().write(each.recorded(), "value." + each.name() + "()"));
        }
        bodies.writer().addStatement("out.endRecord(begin)").endControlFlow();

        bodies.reader()
                .addStatement("$T frame = in.beginRecord($L)", Spi.FRAME, shape)
                .beginControlFlow("if (frame == null)")
                .addStatement("return null")
                .endControlFlow();
        for (int i = 0; i < components.size(); i++) {
            Recorded recorded = components.get(i).recorded();
            bodies.reader()
                    .addStatement(
                            "$T $L = frame.has($L) ? $L : $L",
                            TypeName.get(recorded.type()),
                            local(components.get(i)),
                            i,
                            bodies.in().read(recorded),
                            missing(recorded));
        }
        bodies.reader().addStatement("frame.end()");
        addConstruction(record);
    }

    // The constructor may refuse what an older version of the record accepted.
    private void addConstruction(Definition.OfRecord record) {
        String given = record.components().stream().map(RecordBodies::local).collect(Collectors.joining(", "));
        bodies.reader()
                .beginControlFlow("try")
                .addStatement("return new $T($L)", TypeName.get(record.type()), given)
                .nextControlFlow("catch ($T e)", RuntimeException.class)
                .addStatement(
                        "throw new $T($S, e)", Spi.MALFORMED, simpleName(record) + " refuses its recorded components")
                .endControlFlow();
    }

    void add(Definition.OfSealed sealed) {
        bodies.writer().beginControlFlow("if (value == null)").addStatement("out.writeString(null)");
        bodies.reader()
                .addStatement("$T name = in.readString()", String.class)
                .beginControlFlow("if (name == null)")
                .addStatement("return null")
                .endControlFlow()
                .beginControlFlow("switch (name)");
        for (Definition.Case each : sealed.cases()) {
            TypeName type = TypeName.get(each.recorded().type());
            bodies.writer()
                    .nextControlFlow("else if (value instanceof $T)", type)
                    .addStatement("out.writeString($S)", each.name())
                    .addStatement(bodies.out().write(each.recorded(), CodeBlock.of("($T) value", type)));
            bodies.reader()
                    .addCode("case $S:\n$>", each.name())
                    .addStatement("return $L", bodies.in().read(each.recorded()))
                    .addCode("$<");
        }
        String label = TypeName.get(sealed.type()).toString();
        bodies.writer()
                .nextControlFlow("else")
                .addStatement("throw new $T($S)", IllegalArgumentException.class, "not one of the records of " + label)
                .endControlFlow();
        bodies.reader()
                .addCode("default:\n$>")
                .addStatement("throw new $T($S)", Spi.MALFORMED, "found a record that " + label + " does not have")
                .addCode("$<")
                .endControlFlow();
    }

    private static String local(Definition.Component component) {
        return LOCALS.contains(component.name()) ? component.name() + "_" : component.name();
    }

    // What a component has that was added after the record was written.
    private static CodeBlock missing(Recorded recorded) {
        TypeKind kind = recorded.type().getKind();
        if (kind == TypeKind.BOOLEAN) {
            return CodeBlock.of("false");
        }
        if (kind.isPrimitive()) {
            return CodeBlock.of("0");
        }
        return recorded instanceof Recorded.Maybe ? CodeBlock.of("$T.empty()", Optional.class) : CodeBlock.of("null");
    }

    private static String simpleName(Definition.OfRecord record) {
        String name = TypeName.get(record.type()).toString();
        return name.substring(name.replaceAll("<.*", "").lastIndexOf('.') + 1);
    }
}
