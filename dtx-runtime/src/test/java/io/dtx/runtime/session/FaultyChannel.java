package io.dtx.runtime.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A channel within this JVM that can be cut, and that loses every so many answers. */
final class FaultyChannel implements MemberChannel {

    private final String name;
    private final Supplier<MemberService> member;
    private final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger lost = new AtomicInteger();
    volatile boolean cut;
    volatile int losesEvery;

    FaultyChannel(String name, Supplier<MemberService> member) {
        this.name = name;
        this.member = member;
    }

    @Override
    public String address() {
        return name;
    }

    @Override
    public CompletableFuture<byte[]> request(byte[] request, long timeoutMillis) {
        if (cut) {
            return new CompletableFuture<>();
        }
        CompletableFuture<byte[]> answer = member.get().answer(request);
        if (losesEvery > 0 && requests.incrementAndGet() % losesEvery == 0) {
            lost.incrementAndGet();
            return new CompletableFuture<>();
        }
        return answer.thenCompose(bytes -> cut ? new CompletableFuture<>() : CompletableFuture.completedFuture(bytes));
    }

    @Override
    public void close() {
        cut = true;
    }
}
