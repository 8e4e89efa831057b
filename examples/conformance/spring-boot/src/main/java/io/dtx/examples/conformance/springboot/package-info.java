/**
 * The conformance suite as a Spring Boot application. It depends on the suite, dtx-spring and Spring Boot. Read
 * {@code Application} first.
 */
@NullMarked
package io.dtx.examples.conformance.springboot;

import org.jspecify.annotations.NullMarked;
