/**
 * The annotation processor: reads the annotations, checks their contracts, writes the code that weaves a class.
 * It depends on {@code io.dtx}, JavaPoet and auto-common, and runs inside the user's compiler only.
 */
@NullMarked
package io.dtx.processor;

import org.jspecify.annotations.NullMarked;
