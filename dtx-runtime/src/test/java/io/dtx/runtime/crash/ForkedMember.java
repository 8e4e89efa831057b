package io.dtx.runtime.crash;

import io.dtx.runtime.DtxMember;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A member of a replicated log in a process of its own. While it leads there is a file; it ends with its standard input. */
final class ForkedMember {

    private static final long LOOK_NANOS = 10_000_000;

    private ForkedMember() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> settings = new HashMap<>();
        for (String each : arguments) {
            settings.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
        }
        Path leads = Path.of(settings.remove("leads"));
        settings.remove("directory");
        DtxMember member = DtxMember.start(settings);
        System.out.println("SERVES");
        System.out.flush();
        Thread telling = new Thread(() -> tell(member, leads), "tells who leads");
        telling.setDaemon(true);
        telling.start();
        System.in.transferTo(System.out);
        System.exit(0);
    }

    private static void tell(DtxMember member, Path leads) {
        boolean told = false;
        while (true) {
            boolean now = member.leads();
            try {
                if (now && !told) {
                    Files.createFile(leads);
                } else if (told && !now) {
                    Files.delete(leads);
                }
                told = now;
            } catch (IOException e) {
                System.exit(1);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
