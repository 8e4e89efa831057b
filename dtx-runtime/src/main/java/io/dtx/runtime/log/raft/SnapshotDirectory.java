package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.option.SnapshotCopierOptions;
import com.alipay.sofa.jraft.storage.SnapshotStorage;
import com.alipay.sofa.jraft.storage.SnapshotThrottle;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotCopier;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import io.dtx.runtime.log.file.RecordStore;
import io.dtx.runtime.log.file.SnapshotBytes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The one snapshot that a member keeps, as consensus sees it. */
final class SnapshotDirectory implements SnapshotStorage {

    private final RecordStore store;
    private final Member self;
    private final Gate gate;

    SnapshotDirectory(RecordStore store, Member self, Gate gate) {
        this.store = store;
        this.self = self;
        this.gate = gate;
    }

    @Override
    public boolean init(@Nullable Void options) {
        return true;
    }

    @Override
    public void shutdown() {
        // the store is closed by the log
    }

    @Override
    public boolean setFilterBeforeCopyRemote() {
        return false;
    }

    @Override
    public void setSnapshotThrottle(SnapshotThrottle throttle) {
        throw new UnsupportedOperationException("snapshots are sent as fast as the other member takes them");
    }

    @Override
    public SnapshotWriter create() {
        return new TakenSnapshot(self);
    }

    @Override
    public @Nullable SnapshotReader open() {
        try {
            SnapshotBytes newest = store.openSnapshot();
            return newest == null ? null : new KeptSnapshot(newest, self);
        } catch (IOException e) {
            throw gate.halt(e);
        }
    }

    @Override
    public @Nullable SnapshotReader copyFrom(String uri, SnapshotCopierOptions options) {
        SnapshotCopier copier = startToCopyFrom(uri, options);
        try {
            copier.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
        return copier.getReader();
    }

    @Override
    public SnapshotCopier startToCopyFrom(String uri, SnapshotCopierOptions options) {
        SnapshotFetch fetch = new SnapshotFetch(this, store, gate, uri, options.getRaftClientService());
        fetch.start();
        return fetch;
    }
}
