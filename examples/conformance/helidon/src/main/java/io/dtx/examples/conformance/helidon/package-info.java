/** The conformance suite in Helidon MP: what the application registers of the container's. It depends on the suite. */
@NullMarked
package io.dtx.examples.conformance.helidon;

import org.jspecify.annotations.NullMarked;
