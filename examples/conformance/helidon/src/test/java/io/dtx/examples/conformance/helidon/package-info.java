/**
 * The conformance suite on Helidon MP. It depends on the suite and on the container. Read {@code HelidonTest} first.
 */
@NullMarked
package io.dtx.examples.conformance.helidon;

import org.jspecify.annotations.NullMarked;
