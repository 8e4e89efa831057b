/**
 * The conformance suite on Weld SE. It depends on the suite, which starts the container that is on the class path. Read
 * {@code WeldTest} first.
 */
@NullMarked
package io.dtx.examples.conformance.weld;

import org.jspecify.annotations.NullMarked;
