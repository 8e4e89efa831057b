package io.dtx.benchmarks.atomic;

/** Narayana without dtx, as it can be had. */
public enum Stock {
    /** With the default store, and connections that callers keep. */
    FILES("narayana files", Store.FILES, false),
    /** With the journal, and connections that callers keep. */
    JOURNAL("narayana journal", Store.JOURNAL, false),
    /** With the journal, behind the pool of connections that dtx has as well, and with that pool's own integration. */
    POOLED("narayana pooled", Store.JOURNAL, true);

    private final String title;
    private final Store store;
    private final boolean pooled;

    Stock(String title, Store store, boolean pooled) {
        this.title = title;
        this.store = store;
        this.pooled = pooled;
    }

    /** Returns the name that tables print. */
    public String title() {
        return title;
    }

    Store store() {
        return store;
    }

    /** Tells whether it has the pool that dtx has. */
    public boolean isPooled() {
        return pooled;
    }
}
