/**
 * ATOMIC transactions of two branches: on dtx, and beside it on Narayana with its own stores, each in a process of its own. Start
 * reading at {@link io.dtx.benchmarks.atomic.AtomicProcess}.
 */
@NullMarked
package io.dtx.benchmarks.atomic;

import org.jspecify.annotations.NullMarked;
