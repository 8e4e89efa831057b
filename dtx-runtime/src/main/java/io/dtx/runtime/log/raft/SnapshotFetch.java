package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.rpc.RaftClientService;
import com.alipay.sofa.jraft.rpc.RpcRequests.GetFileRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.GetFileResponse;
import com.alipay.sofa.jraft.rpc.RpcResponseClosureAdapter;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotCopier;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.google.protobuf.Message;
import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.file.ReceivedSnapshot;
import io.dtx.runtime.log.file.RecordStore;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Fetches the leader's snapshot, part by part, on a thread of its own. If it fails, the leader offers one again. */
final class SnapshotFetch extends SnapshotCopier {

    private static final int PART_BYTES = 128 << 10;
    private static final int PART_TIMEOUT_MILLIS = 5_000;

    private final SnapshotDirectory directory;
    private final RecordStore store;
    private final Gate gate;
    private final String uri;
    private final RaftClientService client;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean cancelled;
    private @Nullable SnapshotReader reader;

    SnapshotFetch(SnapshotDirectory directory, RecordStore store, Gate gate, String uri, RaftClientService client) {
        this.directory = directory;
        this.store = store;
        this.gate = gate;
        this.uri = uri;
        this.client = client;
    }

    @Override
    public void start() {
        Thread thread = new Thread(this::run, "dtx-raft-snapshot");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public void join() throws InterruptedException {
        ended.await();
    }

    @Override
    public @Nullable SnapshotReader getReader() {
        return reader;
    }

    @Override
    public void close() {
        cancelled = true;
    }

    private void run() {
        try {
            fetch();
        } catch (IOException | Error e) { // of our own disk, or of this process
            setError(RaftError.EIO, "%s", gate.halt(e));
        } catch (ExecutionException | TimeoutException | LogDamagedException | IllegalArgumentException e) {
            setError(RaftError.EINTERNAL, "the snapshot of %s was not received: %s", uri, e);
        } catch (InterruptedException e) {
            setError(RaftError.EINTR, "interrupted");
        } finally {
            ended.countDown();
        }
    }

    private void fetch() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        int slash = uri.lastIndexOf('/');
        PeerId leader = Objects.requireNonNull(PeerId.parsePeer(uri.substring(0, slash)));
        GetFileRequest.Builder request = GetFileRequest.newBuilder()
                .setReaderId(Long.parseLong(uri.substring(slash + 1)))
                .setFilename("snapshot")
                .setCount(PART_BYTES)
                .setReadPartly(true);
        try (ReceivedSnapshot received = store.receiveSnapshot()) {
            while (true) {
                GetFileResponse part =
                        part(leader, request.setOffset(received.length()).build());
                received.add(part.getData().asReadOnlyByteBuffer());
                if (part.getEof()) {
                    received.finish();
                    reader = directory.open();
                    return;
                }
            }
        }
    }

    private GetFileResponse part(PeerId leader, GetFileRequest request)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (cancelled) {
            throw new TimeoutException("cancelled");
        }
        Future<Message> answer =
                client.getFile(leader.getEndpoint(), request, PART_TIMEOUT_MILLIS, new RpcResponseClosureAdapter<>() {
                    @Override
                    public void run(Status status) {
                        // the future says it
                    }
                });
        Message message = answer.get(PART_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        if (message instanceof GetFileResponse part) {
            return part;
        }
        throw new TimeoutException("answered with " + message);
    }
}
