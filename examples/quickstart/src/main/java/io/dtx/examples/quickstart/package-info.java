/**
 * A shop whose orders are sagas over three databases. Read {@code Quickstart} first.
 */
@NullMarked
package io.dtx.examples.quickstart;

import org.jspecify.annotations.NullMarked;
