/** Sessions of several processes over members, all in one JVM: what is cut, lost or silent is what a test cuts. */
@NullMarked
package io.dtx.runtime.session;

import org.jspecify.annotations.NullMarked;
