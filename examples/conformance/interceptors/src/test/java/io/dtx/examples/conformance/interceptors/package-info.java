/** Tests of the suite with interceptors. Read {@code InterceptorsTest} first. */
@NullMarked
package io.dtx.examples.conformance.interceptors;

import org.jspecify.annotations.NullMarked;
