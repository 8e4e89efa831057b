package io.dtx.runtime.testdb;

import java.util.concurrent.atomic.AtomicInteger;

/** H2 databases in the memory of this JVM, which forget everything with it. */
public final class H2Fixture {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private H2Fixture() {}

    /** Makes an empty database. */
    public static TestDatabase freshDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        return new TestDatabase("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1", "sa", "");
    }
}
