/**
 * What the processor says to the user: every text with its code, and where it is said. Depends on {@code javax.lang.model}
 * only; start at {@link io.dtx.processor.message.Message}.
 */
@NullMarked
package io.dtx.processor.message;

import org.jspecify.annotations.NullMarked;
