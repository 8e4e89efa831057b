/**
 * The public entrance of the runtime. It may see every package below it, and none of them sees it.
 * Read {@code Dtx} first.
 */
@NullMarked
package io.dtx.runtime;

import org.jspecify.annotations.NullMarked;
