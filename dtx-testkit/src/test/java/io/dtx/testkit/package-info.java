/** Tests the test kit: on a shop of two databases and a carrier, and on shops in which something is wrong. */
@NullMarked
package io.dtx.testkit;

import org.jspecify.annotations.NullMarked;
