/**
 * Money that is moved between two databases by workers that are killed again and again, ATOMIC or by sagas. Read {@code Bank}
 * first.
 */
@NullMarked
package io.dtx.examples.bank;

import org.jspecify.annotations.NullMarked;
