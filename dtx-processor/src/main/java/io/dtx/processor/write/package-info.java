/**
 * From a valid {@code model} to source files and the descriptor: small rules, each of which adds one concern to a JavaPoet
 * type. Start at {@link io.dtx.processor.write.ClassWriter}.
 */
@NullMarked
package io.dtx.processor.write;

import org.jspecify.annotations.NullMarked;
