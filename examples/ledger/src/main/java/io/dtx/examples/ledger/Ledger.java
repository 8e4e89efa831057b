package io.dtx.examples.ledger;

import io.dtx.examples.ledger.LedgerRecord.Kind;
import io.dtx.spi.BranchId;
import io.dtx.spi.DtxParticipant;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Accounts in a file, which take part in ATOMIC transactions. The file is the truth: a record says that a branch is prepared, with
 * its entries, a later one how it has ended, and each is on disk before anybody is told. Balances are what has committed.
 */
class Ledger implements DtxParticipant<List<Entry>>, AutoCloseable {

    private final LedgerFile file;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<BranchId, List<Entry>> prepared = new LinkedHashMap<>();
    private final Map<String, Long> balances = new HashMap<>();
    private String name = ""; // that its file has had from the beginning
    private boolean broken;

    /**
     * Reads the file, and closes it in the end. A last record that is not whole was never forced, so nobody was told of it: it is
     * cut off.
     *
     * @throws IOException if the file cannot be read, or something before its end is damaged
     */
    Ledger(LedgerFile file) throws IOException {
        this.file = file;
        try {
            restore();
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void restore() throws IOException {
        ByteBuffer bytes = file.read();
        for (LedgerRecord each = LedgerRecord.read(bytes); each != null; each = LedgerRecord.read(bytes)) {
            apply(each);
        }
        if (bytes.hasRemaining()) {
            if (LedgerRecord.followIn(bytes)) {
                throw new IOException("the ledger is damaged at byte " + bytes.position()
                        + ", and whole records follow: restore it from a copy, do not cut it");
            }
            file.cut(bytes.position());
        }
        if (name.isEmpty()) {
            LedgerRecord named = LedgerRecord.newName();
            file.append(named.encode());
            apply(named);
        }
        // What a killed process had written may be in memory only: nobody is told of it before it is on disk.
        file.force();
    }

    /** Returns what has been booked to an account. */
    long balance(String account) {
        lock.lock();
        try {
            return balances.getOrDefault(account, 0L);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Work<List<Entry>> begin(BranchId branch) {
        return new Page(branch);
    }

    /** Books the entries of a branch, unless that was done. */
    @Override
    public void commit(BranchId branch, List<Entry> entries) throws IOException {
        end(Kind.COMMITTED, branch);
    }

    @Override
    public void abort(BranchId branch, @Nullable List<Entry> entries) throws IOException {
        end(Kind.ABORTED, branch);
    }

    @Override
    public Map<BranchId, List<Entry>> inDoubt() throws IOException {
        lock.lock();
        try {
            refuseIfBroken(); // what is on disk is not known
            return Map.copyOf(prepared);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the name in the file: whoever has opened another file does not end what is in doubt in this one. */
    @Override
    public String storeId() {
        return name;
    }

    private void end(Kind how, BranchId branch) throws IOException {
        lock.lock();
        try {
            refuseIfBroken();
            if (prepared.containsKey(branch)) {
                write(new LedgerRecord(how, branch, List.of()));
            }
        } finally {
            lock.unlock();
        }
    }

    private void write(LedgerRecord record) throws IOException {
        lock.lock();
        try {
            refuseIfBroken();
            ByteBuffer bytes = record.encode();
            broken = true;
            file.append(bytes);
            file.force();
            broken = false;
            apply(record);
        } finally {
            lock.unlock();
        }
    }

    private void apply(LedgerRecord record) {
        if (record.kind() == Kind.NAMED) {
            name = record.subject();
            return;
        }
        if (record.kind() == Kind.PREPARED) {
            prepared.put(record.branch(), record.entries());
            return;
        }
        List<Entry> entries = prepared.remove(record.branch());
        if (record.kind() == Kind.COMMITTED && entries != null) {
            entries.forEach(each -> balances.merge(each.account(), each.cents(), Long::sum));
        }
    }

    /** After an error nobody knows what is on disk, and a force that is repeated says nothing: only reading it again does. */
    private void refuseIfBroken() throws IOException {
        if (broken) {
            throw new IOException("the ledger could not be written: open it again");
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** The entries of one transaction. */
    private final class Page implements Work<List<Entry>>, Postings {

        private final BranchId branch;
        private final List<Entry> entries = new ArrayList<>();

        Page(BranchId branch) {
            this.branch = branch;
        }

        @Override
        public Postings handle() {
            return this;
        }

        @Override
        public void post(String account, long cents) {
            entries.add(new Entry(account, cents));
        }

        @Override
        public @Nullable List<Entry> prepare() throws IOException {
            if (entries.isEmpty()) {
                return null;
            }
            List<Entry> page = List.copyOf(entries);
            write(new LedgerRecord(Kind.PREPARED, branch, page));
            return page;
        }
    }
}
