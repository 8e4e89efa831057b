/**
 * One application whose services are woven, what it does, and what is to be seen of it: the same in every container. A container
 * brings a {@link io.dtx.examples.conformance.Container} and a program that hands it to
 * {@link io.dtx.examples.conformance.Conformance}, which says what is run. It depends on the CDI API, dtx-cdi and H2. Read
 * {@code Conformance} first, then {@code Scenarios}.
 */
@NullMarked
package io.dtx.examples.conformance;

import org.jspecify.annotations.NullMarked;
