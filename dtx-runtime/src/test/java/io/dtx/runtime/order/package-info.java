/** The order saga of the documentation, as the tests run it: three annotated services over three databases. */
@NullMarked
package io.dtx.runtime.order;

import org.jspecify.annotations.NullMarked;
