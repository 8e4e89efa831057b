package io.dtx.runtime.log.file;

import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.CoordinatorLogContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileLogTest extends CoordinatorLogContract {

    @TempDir
    Path directory;

    @Override
    protected CoordinatorLog create() {
        return new FileLog(directory, 64 << 10, 20_000);
    }

    @Override
    protected CoordinatorLog reopen(CoordinatorLog closed) {
        return create();
    }
}
