/**
 * Weaves the bytecode of classes that were compiled with {@code -Adtx.weave=bytecode}: as a build plugin, or when they are
 * loaded. Each annotated method is renamed, and a new one in its place makes the generated call; the woven class mentions
 * {@code io.dtx.spi} and nothing of this package. The only package that sees Byte Buddy; it depends on {@code io.dtx.spi} alone.
 * Read {@link io.dtx.runtime.weave.ClassWeaver} first; {@link io.dtx.runtime.weave.WeavePlugin} and
 * {@link io.dtx.runtime.weave.WeaveAgent} are the entrances.
 */
@NullMarked
package io.dtx.runtime.weave;

import org.jspecify.annotations.NullMarked;
