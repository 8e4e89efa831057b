/** Tests of the command line against real parts: real logs, real members, real processes. */
@NullMarked
package io.dtx.cli;

import org.jspecify.annotations.NullMarked;
