package io.dtx.runtime;

import io.dtx.DtxException;
import io.dtx.runtime.coordinator.ActionDriver;
import io.dtx.runtime.coordinator.Coordinator;
import io.dtx.runtime.coordinator.LoggedDecisions;
import io.dtx.runtime.coordinator.MonotonicClock;
import io.dtx.runtime.coordinator.Sweeper;
import io.dtx.runtime.invoke.AtomicOrchestration;
import io.dtx.runtime.invoke.Orchestration;
import io.dtx.runtime.invoke.Timeouts;
import io.dtx.runtime.invoke.TransactionalGateway;
import io.dtx.runtime.participant.GuardedResource;
import io.dtx.runtime.participant.ResourceOwner;
import io.dtx.runtime.participant.TwoPhaseCommit;
import io.dtx.spi.StepGateway;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A running dtx: coordinator, driver, gateway and sweeper over the registered resources, opened and closed in order. */
final class Engine implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Engine.class.getName());

    private final Coordinator coordinator;
    private final ActionDriver driver;
    private final Sweeper sweeper;
    private final Registry registry;
    private final StepGateway gateway;
    private final Transactions transactions;
    private final long closeWaitMillis;

    private Engine(DtxConfig config, Registry registry, Coordinator coordinator, MonotonicClock clock) {
        Map<String, GuardedResource> resources = registry.resources();
        this.registry = registry;
        this.coordinator = coordinator;
        this.driver = new ActionDriver(
                coordinator, registry.participants(), resources, config.millis(Setting.COMPENSATION_ATTEMPT_TIMEOUT));
        this.sweeper = new Sweeper(
                coordinator,
                resources.values(),
                config.millis(Setting.GUARD_SWEEP_INTERVAL),
                config.millis(Setting.GUARD_RETENTION));
        Timeouts timeouts =
                new Timeouts(config.millis(Setting.TRANSACTION_TIMEOUT), config::transactionTimeoutMillis, clock);
        this.gateway = new TransactionalGateway(
                new Orchestration(coordinator, driver, resources, timeouts, config.millis(Setting.COMPENSATION_WAIT)),
                new AtomicOrchestration(coordinator, registry.twoPhaseCommit(), timeouts));
        this.transactions = new Transactions(coordinator, resources);
        this.closeWaitMillis = config.millis(Setting.CLOSE_WAIT);
    }

    /** Opens everything, or nothing. */
    static Engine start(DtxConfig config, Registry registry, @Nullable Rig rig) {
        refuseMissing(registry);
        return rig == null
                ? start(config, registry, Logs.coordinator(config))
                : start(config, registry, new Coordinator(rig.log(), Logs.limits(config)), rig.clock());
    }

    /** Opens everything over a coordinator that has not been opened. */
    static Engine start(DtxConfig config, Registry registry, Coordinator coordinator) {
        return start(config, registry, coordinator, MonotonicClock.SYSTEM);
    }

    private static Engine start(DtxConfig config, Registry registry, Coordinator coordinator, MonotonicClock clock) {
        CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
        try {
            coordinator.open();
            ResourceOwner owner = new ResourceOwner(
                    coordinator.cluster(),
                    config.text(Setting.APPLICATION),
                    config.node(),
                    config.oneOf(Setting.GUARD_DDL, "create", "validate").equals("create"));
            connectTwoPhaseCommit(config, registry.twoPhaseCommit());
            Collection<GuardedResource> resources = registry.resources().values();
            resources.forEach(each -> each.start(owner));
            registry.refuseSameDatabase();
            coordinator.beforeNextSession(id -> {
                started.join(); // others may end the first session while it is still made known here
                nextSession(registry, id);
            });
            List<Long> ended = coordinator.openSession(owner.node(), owner.application(), registry.hosted());
            for (GuardedResource each : resources) {
                each.openSession(coordinator.session().id());
                ended.forEach(each::fence);
            }
            startTwoPhaseCommit(config, registry, coordinator);
            registry.openUnits();
            started.complete(null);
            Engine engine = new Engine(config, registry, coordinator, clock);
            engine.driver.start();
            engine.sweeper.start();
            clock.whenJumped(coordinator::letTimePass);
            return engine;
        } catch (RuntimeException | Error e) { // a library that is missing is an Error
            closeAll(e, coordinator, registry);
            started.completeExceptionally(e);
            throw e;
        }
    }

    private static void nextSession(Registry registry, long id) {
        registry.resources().values().forEach(each -> each.openSession(id));
        TwoPhaseCommit twoPhaseCommit = registry.twoPhaseCommit();
        if (twoPhaseCommit != null) {
            twoPhaseCommit.nextSession(id);
        }
    }

    private static void connectTwoPhaseCommit(DtxConfig config, @Nullable TwoPhaseCommit twoPhaseCommit) {
        if (twoPhaseCommit != null) {
            twoPhaseCommit.connect(
                    Math.toIntExact(config.number(Setting.XA_POOL_MAX)),
                    config.oneOf(Setting.XA_H2_ALLOWED, "true", "false").equals("true"));
        }
    }

    private static void startTwoPhaseCommit(DtxConfig config, Registry registry, Coordinator coordinator) {
        TwoPhaseCommit twoPhaseCommit = registry.twoPhaseCommit();
        if (twoPhaseCommit != null) {
            TwoPhaseCommit.Settings settings = new TwoPhaseCommit.Settings(
                    coordinator.cluster(),
                    coordinator.session().id(),
                    config.millis(Setting.XA_RECOVERY_INTERVAL),
                    parallelMax(config.oneOf(Setting.XA_PARALLEL, "auto", "true", "false")));
            twoPhaseCommit.start(settings, new LoggedDecisions(coordinator), registry.onePhaseGuards());
        }
    }

    /** With more transactions that end at the same time than processors, hand-overs cost more than they save waits. */
    private static int parallelMax(String setting) {
        return switch (setting) {
            case "true" -> Integer.MAX_VALUE;
            case "false" -> 0;
            default -> Runtime.getRuntime().availableProcessors();
        };
    }

    StepGateway gateway() {
        return gateway;
    }

    Transactions transactions() {
        return transactions;
    }

    @Override
    public void close() {
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(closeWaitMillis);
        coordinator.session().awaitIdle(closeWaitMillis);
        driver.close(millisUntil(deadlineNanos));
        sweeper.close(millisUntil(deadlineNanos));
        RuntimeException failure = new IllegalStateException("DTX-1015 dtx did not close cleanly");
        TwoPhaseCommit twoPhaseCommit = registry.twoPhaseCommit();
        if (twoPhaseCommit != null) {
            closeAll(failure, registry::closeUnits, twoPhaseCommit); // it says to the log what it may forget
        }
        coordinator.closeSession();
        List<AutoCloseable> rest = new ArrayList<>(List.of(coordinator, registry));
        closeAll(failure, rest.toArray(AutoCloseable[]::new));
        if (failure.getSuppressed().length > 0) {
            LOG.log(System.Logger.Level.WARNING, "DTX-1015 dtx did not close cleanly; nothing is lost.", failure);
        }
    }

    private static long millisUntil(long deadlineNanos) {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()));
    }

    private static void closeAll(Throwable failure, AutoCloseable... parts) {
        for (AutoCloseable each : parts) {
            try {
                each.close();
            } catch (Throwable e) { // nobody else closes the others
                failure.addSuppressed(e);
            }
        }
    }

    private static void refuseMissing(Registry registry) {
        List<String> missing =
                registry.participants().stepsWithout(registry.resources().keySet());
        if (!missing.isEmpty()) {
            throw new DtxException(
                    null,
                    "DTX-1006 " + String.join("; ", missing) + ". Registered: "
                            + registry.resources().keySet() + ". Add .resource(name, dataSource) to the builder.",
                    null);
        }
    }
}
