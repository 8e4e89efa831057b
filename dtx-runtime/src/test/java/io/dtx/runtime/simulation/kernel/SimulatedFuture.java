package io.dtx.runtime.simulation.kernel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What {@link CompletableFuture} becomes: the same, but for those who wait. */
public final class SimulatedFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    /** As {@link CompletableFuture#completedFuture}. */
    public static <U extends @Nullable Object> SimulatedFuture<U> completedFuture(U value) {
        SimulatedFuture<U> future = new SimulatedFuture<>();
        future.complete(value);
        return future;
    }

    /** As {@link CompletableFuture#failedFuture}. */
    public static <U extends @Nullable Object> SimulatedFuture<U> failedFuture(Throwable cause) {
        SimulatedFuture<U> future = new SimulatedFuture<>();
        future.completeExceptionally(cause);
        return future;
    }

    /** As {@link CompletableFuture#allOf}. */
    public static SimulatedFuture<Void> allOf(SimulatedFuture<?>... all) {
        SimulatedFuture<Void> done = new SimulatedFuture<>();
        CompletableFuture<Void> unused = CompletableFuture.allOf(all).whenComplete((nothing, failure) -> {
            if (failure == null) {
                done.complete(null);
            } else {
                done.completeExceptionally(failure);
            }
        });
        return done;
    }

    /** As {@link CompletableFuture#runAsync(Runnable, Executor)}. */
    public static SimulatedFuture<Void> runAsync(Runnable task, Executor executor) {
        return SimulatedFuture.<@Nullable Void>completedFuture(null)
                .thenApplyAsync(
                        nothing -> {
                            task.run();
                            return nothing;
                        },
                        executor);
    }

    /** As {@link CompletableFuture#supplyAsync(Supplier, Executor)}. */
    public static <U extends @Nullable Object> SimulatedFuture<U> supplyAsync(Supplier<U> supplier, Executor executor) {
        return SimulatedFuture.<@Nullable Void>completedFuture(null)
                .thenApplyAsync(nothing -> supplier.get(), executor);
    }

    @Override
    public <U extends @Nullable Object> SimulatedFuture<U> newIncompleteFuture() {
        return new SimulatedFuture<>();
    }

    @Override
    public boolean complete(T value) {
        Kernel.point();
        return super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable cause) {
        Kernel.point();
        return super.completeExceptionally(cause);
    }

    private void await(long end) {
        Kernel.point();
        if (isDone()) {
            return;
        }
        Strand me = Strand.current();
        CompletableFuture<T> unused = super.whenComplete((value, failure) -> me.kernel.wake(me));
        while (!isDone() && me.kernel.nanos() < end && !me.isInterrupted()) {
            me.kernel.suspend(me, end);
        }
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        await(Long.MAX_VALUE);
        if (!isDone()) {
            Strand.current().refuseInterrupted();
        }
        return super.get();
    }

    @Override
    public T get(long time, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        await(Strand.current().kernel.nanos() + unit.toNanos(time));
        if (!isDone()) {
            Strand.current().refuseInterrupted();
            throw new TimeoutException();
        }
        return super.get();
    }

    @Override
    public T join() {
        boolean interrupted = false;
        while (!isDone()) {
            await(Long.MAX_VALUE);
            interrupted |= !isDone() && Strand.interrupted();
        }
        if (interrupted) {
            Strand.current().interrupt();
        }
        return super.join();
    }

    @Override
    public <U extends @Nullable Object> SimulatedFuture<U> thenApply(Function<? super T, ? extends U> step) {
        return (SimulatedFuture<U>) super.<U>thenApply(step);
    }

    @Override
    public <U extends @Nullable Object> SimulatedFuture<U> thenApplyAsync(
            Function<? super T, ? extends U> step, Executor executor) {
        return (SimulatedFuture<U>) super.<U>thenApplyAsync(step, executor);
    }

    @Override
    public SimulatedFuture<Void> thenAccept(Consumer<? super T> step) {
        return (SimulatedFuture<Void>) super.thenAccept(step);
    }

    @Override
    public SimulatedFuture<Void> thenRun(Runnable step) {
        return (SimulatedFuture<Void>) super.thenRun(step);
    }

    @Override
    public SimulatedFuture<T> exceptionally(Function<Throwable, ? extends T> step) {
        return (SimulatedFuture<T>) super.exceptionally(step);
    }

    @Override
    public <U extends @Nullable Object> SimulatedFuture<U> handle(BiFunction<? super T, Throwable, ? extends U> step) {
        return (SimulatedFuture<U>) super.<U>handle(step);
    }

    @Override
    public SimulatedFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> step) {
        return (SimulatedFuture<T>) super.whenComplete(step);
    }
}
