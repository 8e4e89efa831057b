package io.dtx.benchmarks.cluster;

import io.dtx.runtime.DtxMember;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A member of dtx's cluster that does nothing else but to count its {@link Stages} when asked to. Ends with its standard input. */
final class MemberProcess {

    /** Begins to count, or begins anew; answered with a line when it does. */
    static final String COUNT = "count";

    /** Ends the count, and answers with it in a line. */
    static final String TELL = "tell";

    private MemberProcess() {}

    /** Takes the directory and the port; prints a line once it listens. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> settings = Map.of(
                "dtx.log",
                "raft",
                "dtx.log.dir",
                Path.of(arguments[0]).toString(),
                "dtx.member.listen",
                "127.0.0.1:" + arguments[1]);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (DtxMember member = DtxMember.start(settings)) {
            System.out.println(member.port());
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                if (order.equals(COUNT)) {
                    count(orders);
                }
            }
        }
    }

    private static void count(BufferedReader orders) throws IOException, InterruptedException {
        try (Stages stages = new Stages()) {
            do {
                stages.forget();
                System.out.println();
            } while (COUNT.equals(orders.readLine()));
            System.out.println(stages.summary());
        }
    }
}
