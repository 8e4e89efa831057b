package io.dtx.benchmarks.atomic;

import io.dtx.benchmarks.load.Ledger;
import io.dtx.benchmarks.postgres.Effects;
import java.sql.SQLException;
import java.util.List;
import javax.sql.XADataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.xa.PGXADataSource;

/** Two databases, by their addresses. */
record Databases(List<String> urls) {

    /** Makes what the branches work on. */
    Databases create() throws SQLException {
        for (String each : urls) {
            Effects.createTable(plain(each));
        }
        return this;
    }

    XADataSource xa(int branch) {
        PGXADataSource source = new PGXADataSource();
        source.setUrl(urls.get(branch));
        return source;
    }

    /** Marks what is in effect. */
    void markAll(Ledger ledger) throws SQLException {
        for (int branch = 0; branch < urls.size(); branch++) {
            Effects.markAll(plain(urls.get(branch)), ledger, branch);
        }
    }

    private static PGSimpleDataSource plain(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }
}
