/**
 * Makes annotated beans transactional in CDI containers, and the runtime injectable.
 * It depends on {@code io.dtx.runtime} and the CDI API. Read {@code Guarded} first.
 */
@NullMarked
package io.dtx.cdi;

import org.jspecify.annotations.NullMarked;
