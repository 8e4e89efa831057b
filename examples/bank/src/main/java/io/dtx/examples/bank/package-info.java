/**
 * SmallBank over two databases, by workers that are killed again and again, ATOMIC or by sagas. Read {@code Bank} first, then
 * {@code SmallBank} and what implements it.
 */
@NullMarked
package io.dtx.examples.bank;

import org.jspecify.annotations.NullMarked;
