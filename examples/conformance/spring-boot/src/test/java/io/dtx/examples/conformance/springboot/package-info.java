/** Runs the packaged application. */
@NullMarked
package io.dtx.examples.conformance.springboot;

import org.jspecify.annotations.NullMarked;
