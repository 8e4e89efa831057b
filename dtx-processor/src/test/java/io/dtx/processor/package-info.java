/**
 * The processor, run by compilers: programs under {@code good/} are compiled and executed, programs under {@code bad/} must
 * be refused. Start at {@link io.dtx.processor.GoodProgramsTest}.
 */
@NullMarked
package io.dtx.processor;

import org.jspecify.annotations.NullMarked;
