/**
 * The conformance suite on the Spring Framework. It depends on the suite and on the container. Read {@code SpringTest} first.
 */
@NullMarked
package io.dtx.examples.conformance.spring;

import org.jspecify.annotations.NullMarked;
