/**
 * An annotated class as records: what its annotations say and which methods and types they lead to, right or wrong. Depends
 * on {@code message} for places; start at {@link io.dtx.processor.model.AnnotatedClass}.
 */
@NullMarked
package io.dtx.processor.model;

import org.jspecify.annotations.NullMarked;
