/**
 * Makes annotated beans transactional in CDI containers, and the runtime injectable. Two extensions, one for each kind of
 * container, put generated classes in the place of their originals; {@code DtxLifecycle} configures, starts and closes dtx.
 * It depends on {@code io.dtx.runtime} and the CDI API. Read {@code Guarded} first, then {@code DtxLifecycle}.
 */
@NullMarked
package io.dtx.cdi;

import org.jspecify.annotations.NullMarked;
