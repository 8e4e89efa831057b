package io.dtx.processor.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import io.dtx.processor.model.PlainType;
import io.dtx.processor.model.Recorded;

/** How generated code writes and reads a value: a call of the writer or the reader, or of a codec method of its own. */
final class CodecCalls {

    private final Generation of;
    private final String stream;

    /**
     * Makes calls for a place in generated code.
     *
     * @param stream the variable with the writer or the reader
     */
    CodecCalls(Generation of, String stream) {
        this.of = of;
        this.stream = stream;
    }

    /** Returns the expression that writes a variable's value. */
    CodeBlock write(Recorded recorded, String variable) {
        return write(recorded, CodeBlock.of("$L", variable));
    }

    /** Returns the expression that writes a value. */
    CodeBlock write(Recorded recorded, CodeBlock value) {
        if (recorded instanceof Recorded.Plain plain && !plain.plain().isBox()) {
            PlainType type = plain.plain();
            return type.isTime()
                    ? CodeBlock.of("$T.$L($L, $L)", Spi.TIME, type.writer(), stream, value)
                    : CodeBlock.of("$L.$L($L)", stream, type.writer(), value);
        }
        if (recorded instanceof Recorded.Constant) {
            return CodeBlock.of("$L.writeEnum($L)", stream, value);
        }
        return CodeBlock.of("write$L($L, $L)", name(recorded), stream, value);
    }

    /** Returns the expression that reads a value. */
    CodeBlock read(Recorded recorded) {
        if (recorded instanceof Recorded.Plain plain && !plain.plain().isBox()) {
            PlainType type = plain.plain();
            return type.isTime()
                    ? CodeBlock.of("$T.$L($L)", Spi.TIME, type.reader(), stream)
                    : CodeBlock.of("$L.$L()", stream, type.reader());
        }
        if (recorded instanceof Recorded.Constant) {
            return CodeBlock.of("$L.readEnum($T.class)", stream, TypeName.get(recorded.type()));
        }
        return CodeBlock.of("read$L($L)", name(recorded), stream);
    }

    /** Returns whether a type has codec methods of its own. */
    static boolean hasMethods(Recorded recorded) {
        return !(recorded instanceof Recorded.Constant)
                && !(recorded instanceof Recorded.Plain plain && !plain.plain().isBox());
    }

    /** Returns what the codec methods of a type are called after their verb. */
    String name(Recorded recorded) {
        return of.codecs().of(recorded.shape() + " " + TypeName.get(recorded.type()), wanted(recorded));
    }

    private static String wanted(Recorded recorded) {
        if (recorded instanceof Recorded.Maybe maybe) {
            return "Optional" + wanted(maybe.value());
        }
        if (recorded instanceof Recorded.Elements elements) {
            return wanted(elements.element()) + (elements.distinct() ? "Set" : "List");
        }
        if (recorded instanceof Recorded.Entries entries) {
            return wanted(entries.key()) + "To" + wanted(entries.value()) + "Map";
        }
        if (recorded instanceof Recorded.Array array) {
            return wanted(array.element()) + "Array";
        }
        if (recorded instanceof Recorded.ByCodec by) {
            return simple(TypeName.get(by.type())) + "By" + simple(TypeName.get(by.codec()));
        }
        return simple(TypeName.get(recorded.type()));
    }

    private static String simple(TypeName type) {
        String name = type.toString().replaceAll("<.*", "").replace("[]", "Array");
        return Generation.capital(name.substring(name.lastIndexOf('.') + 1));
    }
}
