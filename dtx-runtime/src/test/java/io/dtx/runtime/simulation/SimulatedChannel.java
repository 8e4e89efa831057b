package io.dtx.runtime.simulation;

import io.dtx.runtime.session.MemberChannel;
import io.dtx.runtime.simulation.kernel.Domain;
import io.dtx.runtime.simulation.kernel.Kernel;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** The way of a process to a member: requests and answers are slow, overtake each other, and get lost. */
final class SimulatedChannel implements MemberChannel {

    private final Kernel kernel;
    private final Cluster cluster;
    private final int member;
    private final Domain network;
    private final Domain own;
    private final BooleanSupplier isCutOff;

    /** Leads from a process to a member, unless either of both is cut off. */
    SimulatedChannel(Kernel kernel, Cluster cluster, int member, Domain network, Domain own, BooleanSupplier isCutOff) {
        this.kernel = kernel;
        this.cluster = cluster;
        this.member = member;
        this.network = network;
        this.own = own;
        this.isCutOff = isCutOff;
    }

    @Override
    public String address() {
        return "member" + member + ":1";
    }

    @Override
    public CompletableFuture<byte[]> request(byte[] request, long timeoutMillis) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        boolean lost = cluster.faults().strikes(FaultKind.REQUEST_LOST);
        long nanos = travelNanos();
        kernel.spawn(own, "timeout", () -> {
            kernel.pauseNanos(timeoutMillis * 1_000_000);
            answer.completeExceptionally(new TimeoutException());
        });
        kernel.spawn(network, "request", () -> {
            kernel.pauseNanos(nanos);
            if (!lost && !isCut()) {
                arrive(request, answer);
            }
        });
        return answer;
    }

    private boolean isCut() {
        return isCutOff.getAsBoolean() || cluster.isCutOff(member);
    }

    private long travelNanos() {
        return cluster.faults().strikes(FaultKind.MESSAGE_SLOW)
                ? kernel.chance().between(10_000_000, 3_000_000_000L)
                : kernel.chance().between(20_000, 500_000);
    }

    private void arrive(byte[] request, CompletableFuture<byte[]> answer) {
        MemberProcess there = cluster.member(member);
        if (there.domain.isDead()) {
            kernel.spawn(own, "reply", () -> answer.completeExceptionally(new IOException("connection refused")));
            return;
        }
        kernel.spawn(there.domain, "request", () -> {
            CompletableFuture<byte[]> answered = there.answer(request);
            if (answered != null) {
                CompletableFuture<byte[]> unused = answered.whenComplete((bytes, failure) -> comeBack(bytes, answer));
            }
        });
    }

    private void comeBack(byte[] bytes, CompletableFuture<byte[]> answer) {
        boolean lost = cluster.faults().strikes(FaultKind.REPLY_LOST);
        long nanos = travelNanos();
        kernel.spawn(network, "reply", () -> {
            kernel.pauseNanos(nanos);
            if (!lost && !isCut()) {
                kernel.spawn(own, "reply", () -> answer.complete(bytes));
            }
        });
    }

    @Override
    public void onPush(Runnable action) {}

    @Override
    public void close() {}
}
