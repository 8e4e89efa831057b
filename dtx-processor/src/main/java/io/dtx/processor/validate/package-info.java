/**
 * Judges a {@code model}: small rules, each about one thing, that say all problems of a class at once. Start at
 * {@link io.dtx.processor.validate.Rules}.
 */
@NullMarked
package io.dtx.processor.validate;

import org.jspecify.annotations.NullMarked;
