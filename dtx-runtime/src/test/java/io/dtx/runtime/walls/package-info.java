/**
 * The walls between the packages of the runtime, checked on its bytecode: start at {@link io.dtx.runtime.walls.Walls}.
 */
@NullMarked
package io.dtx.runtime.walls;

import org.jspecify.annotations.NullMarked;
