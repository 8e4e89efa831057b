/** The codecs: what is written comes back, and other bytes are refused. */
@NullMarked
package io.dtx.spi;

import org.jspecify.annotations.NullMarked;
