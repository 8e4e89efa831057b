package io.dtx.processor.validate;

import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;

/** Judges one thing about a class. */
@FunctionalInterface
interface Rule {

    void judge(AnnotatedClass of, Problems problems);
}
