package io.dtx.processor.write;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.dtx.processor.model.Definition;
import io.dtx.processor.model.Recorded;
import io.dtx.processor.model.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** A method that writes and one that reads, for each recorded type that the writer and the reader do not know. */
final class Codecs implements TypeRule {

    @Override
    public void addTo(TypeSpec.Builder type, Generation of) {
        Deque<Recorded> open = new ArrayDeque<>();
        for (Step step : of.steps()) {
            open.addAll(step.arguments());
            step.result().ifPresent(open::add);
        }
        Set<String> done = new HashSet<>();
        while (!open.isEmpty()) {
            Recorded next = open.removeFirst();
            String name = new CodecCalls(of, "").name(next);
            if (CodecCalls.hasMethods(next) && done.add(name)) {
                add(type, next, name, of);
                open.addAll(next.parts());
                open.addAll(definedParts(next, of.of().definitions()));
            }
        }
    }

    private static List<Recorded> definedParts(Recorded recorded, Map<String, Definition> definitions) {
        if (!(recorded instanceof Recorded.Defined defined)) {
            return List.of();
        }
        Definition definition = definitions.get(defined.key());
        return definition instanceof Definition.OfRecord of
                ? of.components().stream().map(Definition.Component::recorded).toList()
                : definition instanceof Definition.OfSealed sealed
                        ? sealed.cases().stream().map(Definition.Case::recorded).toList()
                        : List.of();
    }

    private static void add(TypeSpec.Builder type, Recorded recorded, String name, Generation of) {
        MethodSpec.Builder writer = MethodSpec.methodBuilder("write" + name)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(Spi.WRITER, "out")
                .addParameter(TypeName.get(recorded.type()), "value");
        MethodSpec.Builder reader = MethodSpec.methodBuilder("read" + name)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(TypeName.get(recorded.type()))
                .addParameter(Spi.READER, "in");
        CodecBodies bodies = new CodecBodies(new CodecCalls(of, "out"), new CodecCalls(of, "in"), writer, reader);
        if (recorded instanceof Recorded.Defined defined) {
            Definition definition = of.of().definitions().get(defined.key());
            if (definition instanceof Definition.OfRecord record) {
                String shape = "SHAPE_" + Generation.upper(name);
                type.addField(RecordBodies.shape(record, shape));
                new RecordBodies(bodies).add(record, shape);
            } else if (definition instanceof Definition.OfSealed sealed) {
                new RecordBodies(bodies).add(sealed);
            }
        } else if (recorded instanceof Recorded.ByCodec by) {
            String codec = "CODEC_" + Generation.upper(name);
            type.addField(Recorders.constant(TypeName.get(by.codec()), codec)
                    .initializer("new $T()", TypeName.get(by.codec()))
                    .build());
            bodies.addByCodec(by, codec);
        } else {
            bodies.add(recorded);
        }
        type.addMethod(writer.build()).addMethod(reader.build());
    }
}
