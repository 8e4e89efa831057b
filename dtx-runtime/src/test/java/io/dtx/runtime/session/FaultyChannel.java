package io.dtx.runtime.session;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A channel within this JVM that can be cut, and that loses every so many answers. */
public final class FaultyChannel implements MemberChannel {

    private final String name;
    private final Supplier<MemberService> member;
    private final AtomicInteger requests = new AtomicInteger();

    /** How many answers were lost. */
    public final AtomicInteger lost = new AtomicInteger();

    /** Nothing comes through. */
    public volatile boolean cut;

    /** Each answer of so many is lost; 0: none. */
    public volatile int losesEvery;

    /** Answers in the member's place, or returns null. */
    public volatile Function<byte[], @Nullable CompletableFuture<byte[]>> instead = request -> null;

    /** The channels to other addresses that may be learned. */
    public final Map<String, FaultyChannel> others = new ConcurrentHashMap<>();

    /** Leads to a member in this JVM. */
    public FaultyChannel(String name, Supplier<MemberService> member) {
        this.name = name;
        this.member = member;
    }

    @Override
    public String address() {
        return name;
    }

    @Override
    public @Nullable MemberChannel to(String address) {
        return others.get(address);
    }

    @Override
    public CompletableFuture<byte[]> request(byte[] request, long timeoutMillis) {
        return answer(request).orTimeout(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<byte[]> answer(byte[] request) {
        if (cut) {
            return new CompletableFuture<>();
        }
        CompletableFuture<byte[]> other = instead.apply(request);
        CompletableFuture<byte[]> answer = other == null ? member.get().answer(request) : other;
        if (losesEvery > 0 && requests.incrementAndGet() % losesEvery == 0) {
            lost.incrementAndGet();
            return new CompletableFuture<>();
        }
        return answer.thenCompose(bytes -> cut ? new CompletableFuture<>() : CompletableFuture.completedFuture(bytes));
    }

    /** Within a JVM nothing is pushed: the answers to heartbeats say the same. */
    @Override
    public void onPush(Runnable action) {}

    @Override
    public void close() {
        cut = true;
    }
}
