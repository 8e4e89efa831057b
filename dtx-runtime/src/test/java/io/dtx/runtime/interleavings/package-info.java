/** What the tests have in common that try out interleavings of threads ({@code -Plincheck}); it depends on Lincheck only. */
@NullMarked
package io.dtx.runtime.interleavings;

import org.jspecify.annotations.NullMarked;
