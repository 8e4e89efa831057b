package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.option.RaftMetaStorageOptions;
import com.alipay.sofa.jraft.storage.RaftMetaStorage;
import io.dtx.runtime.log.file.RecordStore;
import java.io.IOException;

/**
 * Term and vote, in the member's directory. Consensus holds them in memory before it asks for them to be written, and ignores
 * what these calls return; so an error halts the member inside of them.
 */
final class Ballots implements RaftMetaStorage {

    private final RecordStore store;
    private final Gate gate;

    Ballots(RecordStore store, Gate gate) {
        this.store = store;
        this.gate = gate;
    }

    @Override
    public boolean init(RaftMetaStorageOptions options) {
        return true;
    }

    @Override
    public void shutdown() {
        // the store is closed by the log
    }

    @Override
    public long getTerm() {
        return store.term();
    }

    @Override
    public PeerId getVotedFor() {
        PeerId vote = store.vote().isEmpty() ? null : PeerId.parsePeer(store.vote());
        return vote == null ? PeerId.emptyPeer() : vote;
    }

    @Override
    public boolean setTerm(long term) {
        return setTermAndVotedFor(term, term == store.term() ? getVotedFor() : PeerId.emptyPeer());
    }

    @Override
    public boolean setVotedFor(PeerId peer) {
        return setTermAndVotedFor(store.term(), peer);
    }

    @Override
    public boolean setTermAndVotedFor(long term, PeerId peer) {
        if (!gate.isOpen()) {
            throw new IllegalStateException("DTX-5210 the member has halted", gate.cause());
        }
        try {
            store.vote(term, peer.isEmpty() ? "" : peer.toString());
            return true;
        } catch (IOException | RuntimeException | Error e) {
            throw gate.halt(e);
        }
    }
}
