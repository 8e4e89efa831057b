/** ATOMIC transactions as a whole: two databases, one log, and everything that can go wrong between them. */
@NullMarked
package io.dtx.runtime.atomic;

import org.jspecify.annotations.NullMarked;
