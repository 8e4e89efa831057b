/** The conformance suite as a Quarkus application. It depends on the suite, on ArC and on Agroal. Read {@code Application} first. */
@NullMarked
package io.dtx.examples.conformance.quarkus;

import org.jspecify.annotations.NullMarked;
