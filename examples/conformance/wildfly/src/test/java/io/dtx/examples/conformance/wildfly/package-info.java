/** Tests of the war in a server. Read {@code WildFlyTest} first. */
@NullMarked
package io.dtx.examples.conformance.wildfly;

import org.jspecify.annotations.NullMarked;
