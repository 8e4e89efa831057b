package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import com.google.protobuf.Message;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot that is being taken. {@link Applier} writes it into the directory as a whole, with what consensus wants to have
 * kept beside, before it reports that it is done: nothing is left to do here.
 */
class TakenSnapshot extends SnapshotWriter {

    private final Member self;

    TakenSnapshot(Member self) {
        this.self = self;
    }

    @Override
    public boolean init(@Nullable Void options) {
        return true;
    }

    @Override
    public void shutdown() {
        // holds nothing
    }

    @Override
    public boolean saveMeta(SnapshotMeta meta) {
        return true;
    }

    @Override
    public boolean addFile(String name, @Nullable Message meta) {
        return false;
    }

    @Override
    public boolean removeFile(String name) {
        return false;
    }

    @Override
    public void close(boolean keepDataOnError) {
        // holds nothing
    }

    @Override
    public void close() {
        // holds nothing
    }

    @Override
    public String getPath() {
        return "snapshot of " + self;
    }

    @Override
    public Set<String> listFiles() {
        return Set.of();
    }

    @Override
    public @Nullable Message getFileMeta(String name) {
        return null;
    }
}
