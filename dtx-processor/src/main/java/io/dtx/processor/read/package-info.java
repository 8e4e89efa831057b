/**
 * From the compiler's elements to the {@code model}: reads whatever is there and judges nothing. Start at
 * {@link io.dtx.processor.read.ClassReader}.
 */
@NullMarked
package io.dtx.processor.read;

import org.jspecify.annotations.NullMarked;
