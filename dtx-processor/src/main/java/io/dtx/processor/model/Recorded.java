package io.dtx.processor.model;

import java.util.List;
import javax.lang.model.type.TypeMirror;

/** How values of a type are recorded. A tree: records and sealed interfaces are leaves that name their {@link Definition}. */
public sealed interface Recorded {

    /** Returns the type. */
    TypeMirror type();

    /**
     * Returns what the bytes are, without names of classes: a part of contract hashes and of the checks in recorded records. A
     * shape never changes.
     */
    String shape();

    /** A type that the writer and the reader know. */
    record Plain(TypeMirror type, PlainType plain) implements Recorded {
        @Override
        public String shape() {
            return plain.shape();
        }
    }

    /** An enum, by its constants' names. */
    record Constant(TypeMirror type) implements Recorded {
        @Override
        public String shape() {
            return "enum";
        }
    }

    /** A record or a sealed interface, defined elsewhere: it may contain itself. */
    record Defined(TypeMirror type, String key, String shape) implements Recorded {}

    /** An Optional. */
    record Maybe(TypeMirror type, Recorded value) implements Recorded {
        @Override
        public String shape() {
            return "optional<" + value.shape() + ">";
        }
    }

    /** A List or a Set. */
    record Elements(TypeMirror type, boolean distinct, Recorded element) implements Recorded {
        @Override
        public String shape() {
            return (distinct ? "set<" : "list<") + element.shape() + ">";
        }
    }

    /** A Map. */
    record Entries(TypeMirror type, Recorded key, Recorded value) implements Recorded {
        @Override
        public String shape() {
            return "map<" + key.shape() + "," + value.shape() + ">";
        }
    }

    /** An array, but for byte[]. */
    record Array(TypeMirror type, Recorded element) implements Recorded {
        @Override
        public String shape() {
            return "array<" + element.shape() + ">";
        }
    }

    /** A type with a codec of the user. */
    record ByCodec(TypeMirror type, TypeMirror codec, AnnotationUse annotation) implements Recorded {
        @Override
        public String shape() {
            return "by<" + codec + ">";
        }
    }

    /** A type that cannot be recorded. */
    record Unsupported(TypeMirror type, String hint) implements Recorded {
        @Override
        public String shape() {
            return "?";
        }
    }

    /** Returns the parts that it is made of. */
    default List<Recorded> parts() {
        if (this instanceof Maybe maybe) {
            return List.of(maybe.value());
        }
        if (this instanceof Elements elements) {
            return List.of(elements.element());
        }
        if (this instanceof Entries entries) {
            return List.of(entries.key(), entries.value());
        }
        return this instanceof Array array ? List.of(array.element()) : List.of();
    }
}
