package io.dtx.processor.model;

import java.util.List;
import javax.lang.model.type.TypeMirror;

/** How a record or a sealed interface is recorded. */
public sealed interface Definition {

    /** Returns the type. */
    TypeMirror type();

    /**
     * A record, component by component.
     *
     * @param components in order
     */
    record OfRecord(TypeMirror type, List<Component> components) implements Definition {}

    /**
     * A sealed interface: the simple name of one of its records, then that record.
     *
     * @param cases its records, those of nested sealed interfaces included
     */
    record OfSealed(TypeMirror type, List<Case> cases) implements Definition {}

    /** A record's component. */
    record Component(String name, Recorded recorded) {}

    /** One record of a sealed interface, with the name that is written. */
    record Case(String name, Recorded recorded) {}
}
