/** Tests of the suite with woven bytecode. Read {@code BytecodeTest} first. */
@NullMarked
package io.dtx.examples.conformance.bytecode;

import org.jspecify.annotations.NullMarked;
