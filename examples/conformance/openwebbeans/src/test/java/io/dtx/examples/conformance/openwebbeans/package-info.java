/**
 * The conformance suite on OpenWebBeans SE. It depends on the suite, which starts the container that is on the class path. Read
 * {@code OpenWebBeansTest} first.
 */
@NullMarked
package io.dtx.examples.conformance.openwebbeans;

import org.jspecify.annotations.NullMarked;
