package io.dtx.runtime.simulation;

import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.coordinator.Member;
import io.dtx.runtime.session.MemberService;
import io.dtx.runtime.simulation.kernel.Domain;
import io.dtx.runtime.simulation.kernel.Kernel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** One life of a member: the product's member and service, over its view of the log. */
final class MemberProcess {

    static final long SESSION_MILLIS = 2_000;

    final Domain domain;
    private final Kernel kernel;
    private final Cluster cluster;
    private final LogStore store;
    private final Limits limits;
    private @Nullable MemberService service;

    MemberProcess(String name, Kernel kernel, Cluster cluster, LogStore store, Limits limits) {
        this.domain = new Domain(name);
        this.kernel = kernel;
        this.cluster = cluster;
        this.store = store;
        this.limits = limits;
    }

    void start() {
        kernel.spawn(domain, "start", () -> {
            Member member = new Member(new MemberLog(cluster, kernel, domain, store), limits, SESSION_MILLIS);
            member.open(() -> {});
            service = new MemberService(member, Executors.newFixedThreadPool(4, task -> new Thread(task, "reader")));
        });
    }

    /** Returns the answer to a request that has arrived, or null if there is nobody yet. */
    @Nullable
    CompletableFuture<byte[]> answer(byte[] request) {
        MemberService present = service;
        return present == null ? null : present.answer(request);
    }
}
