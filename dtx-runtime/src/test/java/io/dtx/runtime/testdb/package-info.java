/**
 * Real databases for tests, one server per test JVM and a fresh database for each test that asks, and free ports for what
 * tests start. It depends on JDBC and on nothing of dtx. Start at {@link io.dtx.runtime.testdb.PostgresFixture}.
 */
@NullMarked
package io.dtx.runtime.testdb;

import org.jspecify.annotations.NullMarked;
