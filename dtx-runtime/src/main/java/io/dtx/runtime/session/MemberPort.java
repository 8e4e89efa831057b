package io.dtx.runtime.session;

import io.dtx.runtime.coordinator.Member;
import io.dtx.runtime.net.Address;
import io.dtx.runtime.net.ClusterIdentity;
import io.dtx.runtime.net.Network;
import io.dtx.runtime.net.RemoteConnection;
import io.dtx.runtime.net.Request;
import io.dtx.runtime.net.RequestHandler;
import io.dtx.runtime.net.Server;
import io.dtx.runtime.net.Service;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A member's port: what comes by a connection goes to the member's service, the end of a connection is told to the member, and
 * whoever can do what is pending is told so over the connection that it has made. Thread-safe.
 */
public final class MemberPort implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(MemberPort.class.getName());

    private static final int READERS = 4;
    private static final long OFFERS_APART_MILLIS = 10;
    private static final byte[] ACTIONS_PEND = {1};

    private final Member member;
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS, task -> daemon(task, "dtx-reader"));
    private final MemberService service;
    private final OperatorService operators;
    private final Map<Long, RemoteConnection> connections = new ConcurrentHashMap<>();
    private final Semaphore pending = new Semaphore(0);
    private final Thread offers = daemon(this::offer, "dtx-offers");
    private final Server server;
    private volatile boolean closed;

    /**
     * Listens for a member, and opens it: the others may have to reach it before it can lead or follow.
     *
     * @param cluster whose name the member's log tells, if it is not known yet
     * @param roster who is in the cluster
     * @param sessionsMax how many sessions an application may have open
     * @param others what else is served at this port: the members' own service, for example
     */
    public MemberPort(
            Member member,
            Network network,
            ClusterIdentity cluster,
            Address bind,
            Roster roster,
            int sessionsMax,
            Map<Service, RequestHandler> others) {
        this.member = member;
        this.service = new MemberService(member, readers, sessionsMax, roster::addresses);
        this.operators = new OperatorService(member, roster, readers);
        Map<Service, RequestHandler> handlers = new EnumMap<>(Service.class);
        handlers.put(Service.SESSION, this::handle);
        handlers.put(Service.OPERATOR, this::handleOperator);
        handlers.putAll(others);
        this.server = network.listen(bind, handlers);
        try {
            member.open(pending::release);
            cluster.learn(member.cluster());
        } catch (RuntimeException e) {
            server.close();
            member.close();
            readers.shutdown();
            throw e;
        }
        offers.start();
    }

    /** Returns the port at which it listens. */
    public int port() {
        return server.port();
    }

    /** Returns how many sessions have a connection that will be told of. */
    int sessions() {
        return connections.size();
    }

    private void handle(Request request) {
        byte[] payload = request.payload();
        long session = MemberService.heartbeat(payload);
        reply(request, service.answer(payload, speaksFor(request.connection())).thenApply(answer -> {
            if (session != 0 && MemberService.saysOpen(answer)) { // else anybody could fill the table
                note(session, request.connection());
            }
            return answer;
        }));
    }

    /** For which applications a process may speak; null: for all. */
    private static @Nullable Predicate<String> speaksFor(RemoteConnection connection) {
        Set<String> applications = connection.applications();
        return switch (connection.role()) {
            case MEMBER -> null;
            case OPERATOR -> MemberService.OPERATOR::equals;
            case APPLICATION -> applications.isEmpty() ? null : applications::contains;
        };
    }

    private void handleOperator(Request request) {
        CompletableFuture<byte[]> answer = operators.answer(request.payload());
        if (answer == null) {
            handle(request);
        } else {
            reply(request, answer);
        }
    }

    private static void reply(Request request, CompletableFuture<byte[]> answered) {
        CompletableFuture<Void> unused = answered.thenAccept(request::reply).exceptionally(failure -> {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DTX-7048 an answer to " + request.connection() + " was not sent",
                    failure);
            request.refuse(7048, "the answer cannot be sent: " + failure.getMessage());
            return null;
        });
    }

    /** A session is where its last heartbeat came from. */
    private void note(long session, RemoteConnection connection) {
        if (connections.put(session, connection) == connection) {
            return;
        }
        connection.onClose(() -> {
            if (connections.remove(session, connection)) {
                member.connectionLost(session);
            }
        });
    }

    private void offer() {
        while (true) {
            pending.acquireUninterruptibly();
            pending.drainPermits();
            if (closed) {
                return;
            }
            try {
                if (member.leads()) {
                    connections.forEach(this::offer);
                }
            } catch (RuntimeException | Error e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "DTX-7039 a push failed; what pends is told with heartbeats, too.",
                        e);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(OFFERS_APART_MILLIS));
        }
    }

    private void offer(long session, RemoteConnection connection) {
        if (!member.pendingActions(session, 1).isEmpty()) {
            connection.push(Service.SESSION, ACTIONS_PEND); // lost, it is said again with the answer to a heartbeat
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Ends connections and member. */
    @Override
    public void close() {
        closed = true;
        pending.release();
        server.close();
        member.close();
        readers.shutdown();
    }
}
