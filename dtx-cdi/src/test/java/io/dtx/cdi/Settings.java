package io.dtx.cdi;

import io.dtx.runtime.Dtx;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;

/** Configures dtx in a container: a log in memory, or in the directory that a test has set. */
@Dependent
class Settings {

    static Path directory;
    static int observed;

    void configure(@Observes Dtx.Builder dtx) {
        observed++;
        if (directory == null) {
            dtx.config("dtx.log", "memory");
        } else {
            dtx.config("dtx.log.dir", directory.toString());
        }
        dtx.config("dtx.compensation.wait", "1s");
    }
}
