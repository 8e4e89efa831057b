package io.dtx.runtime.log.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a member must not forget beside its log: who it is, the highest term that it has seen, and whom it has voted for in it.
 * Each change replaces the file as a whole, and is durable on return. Changed by one thread at a time.
 */
final class BallotFile {

    static final String NAME = "ballot";

    private static final String NEXT = "ballot.tmp";
    private static final long MAGIC = 0x4454_5842_4C54_0001L; // DTXBLT and the version
    private static final int HEADER = 36;
    private static final int TEXT_BYTES_MAX = 4096;

    /**
     * What is in it.
     *
     * @param member the member's own name
     * @param term the highest term seen
     * @param vote the name of the member that has this one's vote in that term; empty: nobody yet
     */
    record Ballot(String member, long term, String vote) {

        /** What the manifest remembers of it, so that an older copy of the file is noticed. */
        Manifest markIn(Manifest manifest) {
            return manifest.withBallot(term, mark());
        }

        private int mark() {
            ByteBuffer bytes = ByteBuffer.wrap(vote.getBytes(StandardCharsets.UTF_8));
            return bytes.hasRemaining() ? RecordFormat.crc(bytes, 0, bytes.limit()) | 1 : 0;
        }

        /** The manifest follows the ballot: it may lack the last change, and nothing else. */
        private boolean isOlderThan(Manifest manifest) {
            return term < manifest.term()
                    || (term == manifest.term() && manifest.vote() != 0 && manifest.vote() != mark());
        }
    }

    private final LogFiles files;
    private final long cluster;
    private volatile Ballot ballot;

    private BallotFile(LogFiles files, long cluster, Ballot ballot) {
        this.files = files;
        this.cluster = cluster;
        this.ballot = ballot;
    }

    /** Makes the ballot of a member that has not voted yet. */
    static void create(LogFiles files, long cluster, String member, long term) throws IOException {
        Ballot first = new Ballot(member, term, "");
        new BallotFile(files, cluster, first).write(first);
    }

    static BallotFile open(LogFiles files, Manifest manifest) throws IOException {
        if (!files.exists(NAME)) {
            throw Damage.missing(files.path(NAME), "without it the member does not know for whom it has voted");
        }
        Ballot read = read(files, manifest.cluster());
        if (read.isOlderThan(manifest)) {
            throw Damage.at(
                    files.path(NAME),
                    0,
                    "it is older than the manifest: it names term " + read.term() + ", that one " + manifest.term()
                            + (read.term() == manifest.term() ? " and a vote in it" : ""));
        }
        return new BallotFile(files, manifest.cluster(), read);
    }

    Ballot get() {
        return ballot;
    }

    void write(Ballot next) throws IOException {
        byte[] member = next.member().getBytes(StandardCharsets.UTF_8);
        byte[] vote = next.vote().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + member.length + vote.length);
        bytes.putInt(0).putLong(MAGIC).putLong(cluster).putLong(next.term());
        bytes.putInt(member.length).putInt(vote.length).put(member).put(vote);
        bytes.putInt(0, RecordFormat.crc(bytes, 4, bytes.capacity()));
        try (LogFile file = files.create(NEXT)) {
            file.write(bytes.flip(), 0);
            file.force();
        }
        files.rename(NEXT, NAME);
        ballot = next;
    }

    private static Ballot read(LogFiles files, long cluster) throws IOException {
        try (LogFile file = files.open(NAME)) {
            ByteBuffer bytes = ByteBuffer.allocate(HEADER + 2 * TEXT_BYTES_MAX);
            file.read(bytes, 0);
            bytes.flip();
            if (bytes.limit() < HEADER || RecordFormat.crc(bytes, 4, bytes.limit()) != bytes.getInt()) {
                throw Damage.at(file.path(), 0, "it fails its checksum");
            }
            if (bytes.getLong() != MAGIC || bytes.getLong() != cluster) {
                throw Damage.at(file.path(), 4, "it is that of another cluster, or of another version of dtx");
            }
            long term = bytes.getLong();
            int memberBytes = bytes.getInt();
            int voteBytes = bytes.getInt();
            if (memberBytes < 0 || voteBytes < 0 || memberBytes + voteBytes != bytes.remaining()) {
                throw Damage.at(file.path(), HEADER - 8, "its lengths are wrong");
            }
            return new Ballot(text(bytes, memberBytes), term, text(bytes, voteBytes));
        }
    }

    private static String text(ByteBuffer bytes, int length) {
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
