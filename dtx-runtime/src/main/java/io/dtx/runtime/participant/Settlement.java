package io.dtx.runtime.participant;

import org.jspecify.annotations.Nullable;

/**
 * The truth about a forward step.
 *
 * @param tookEffect false: it never ran, and never will
 * @param result what was recorded of its result; null if nothing was, or it never ran
 */
public record Settlement(boolean tookEffect, byte @Nullable [] result) {}
