/** Tests of the Quarkus application. Read {@code QuarkusTest} first. */
@NullMarked
package io.dtx.examples.conformance.quarkus;

import org.jspecify.annotations.NullMarked;
