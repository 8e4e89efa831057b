/** The conformance suite in a war. It depends on the suite and the CDI API. Read {@code Startup} first. */
@NullMarked
package io.dtx.examples.conformance.wildfly;

import org.jspecify.annotations.NullMarked;
