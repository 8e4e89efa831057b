/**
 * Tests sagas in an ordinary JUnit test: the real runtime over a log and databases in memory, time that jumps instead of
 * passing, failures and crashes where the test orders them, and a matrix of all crashes. It sees dtx-runtime and JUnit Jupiter,
 * and H2 only by its URL. Read {@link io.dtx.testkit.DtxExtension} first, then {@link io.dtx.testkit.TestDtx}.
 */
@NullMarked
package io.dtx.testkit;

import org.jspecify.annotations.NullMarked;
