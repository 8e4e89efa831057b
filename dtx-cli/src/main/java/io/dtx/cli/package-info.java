/**
 * The command {@code dtx}: a coordinator as a process of its own, and what an operator sees and does. It may see the public
 * entrances of dtx-runtime (members, operators, the check of a log), picocli and a JSON writer. Read {@link io.dtx.cli.Main}
 * first, then {@link io.dtx.cli.ExitCodes}.
 */
@NullMarked
package io.dtx.cli;

import org.jspecify.annotations.NullMarked;
