package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import com.alipay.sofa.jraft.storage.FileService;
import com.alipay.sofa.jraft.storage.io.FileReader;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.util.ByteBufferCollector;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.dtx.runtime.log.file.RecordStore;
import io.dtx.runtime.log.file.SnapshotBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The newest snapshot of a member, for itself to start from, or for another one to fetch: by a number that is valid until closed. */
final class KeptSnapshot extends SnapshotReader implements FileReader {

    private final SnapshotBytes bytes;
    private final Member self;
    private long number = -1;

    KeptSnapshot(SnapshotBytes bytes, Member self) {
        this.bytes = bytes;
        this.self = self;
    }

    @Override
    public boolean init(@Nullable Void options) {
        return true;
    }

    @Override
    public void shutdown() {
        // closed by who opened it
    }

    /** What consensus has to know of it; a snapshot of an embedded log says nothing of members: the log behind it does. */
    @Override
    public @Nullable SnapshotMeta load() {
        RecordStore.SnapshotHeader header = bytes.header();
        try {
            return header.member().length == 0
                    ? SnapshotMeta.newBuilder()
                            .setLastIncludedIndex(header.index())
                            .setLastIncludedTerm(header.term())
                            .build()
                    : SnapshotMeta.parseFrom(header.member());
        } catch (InvalidProtocolBufferException e) {
            return null; // was checked with the rest of the file; consensus stops the member
        }
    }

    /** Where another member fetches it: by that number, from this member. */
    @Override
    public String generateURIForCopy() {
        if (number < 0) {
            number = FileService.getInstance().addReader(this);
        }
        return self.peer() + "/" + number;
    }

    @Override
    public int readFile(ByteBufferCollector into, String name, long offset, long maxCount) throws IOException {
        long left = bytes.length() - offset;
        int count = (int) Math.max(0, Math.min(left, Math.min(maxCount, Transport.MESSAGE_BYTES_MAX / 2)));
        ByteBuffer part = ByteBuffer.allocate(count);
        bytes.read(part, offset);
        into.put(part.flip());
        return count >= left ? EOF : count;
    }

    @Override
    public void close() throws IOException {
        if (number >= 0) {
            FileService.getInstance().removeReader(number);
        }
        bytes.close();
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
