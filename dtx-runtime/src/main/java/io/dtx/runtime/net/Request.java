package io.dtx.runtime.net;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request that waits for its one answer, by any thread. An answer to a connection that is gone is dropped. A request that is
 * never answered counts against its connection's bounds until that ends.
 */
public final class Request {

    /** The largest payload of a request, an answer or a push, in bytes. */
    public static final int PAYLOAD_BYTES_MAX = Frame.BYTES_MAX - Frame.HEAD_BYTES;

    private final ServerLink link;
    private final Frame frame;
    private final RemoteConnection connection;
    private final AtomicBoolean answered = new AtomicBoolean();

    Request(ServerLink link, Frame frame, RemoteConnection connection) {
        this.link = link;
        this.frame = frame;
        this.connection = connection;
    }

    /** Returns the bytes that were sent; the handler's own. */
    public byte[] payload() {
        return frame.payload();
    }

    /** Returns the connection that it came by. */
    public RemoteConnection connection() {
        return connection;
    }

    /**
     * Answers.
     *
     * @param payload at most {@link #PAYLOAD_BYTES_MAX}; not changed afterwards
     * @throws IllegalArgumentException if the payload is too large; the request is still to be answered
     * @throws IllegalStateException if it was answered before
     */
    public void reply(byte[] payload) {
        requireFits(payload);
        answer(new Frame(Frame.Kind.REPLY, null, frame.id(), payload));
    }

    /**
     * Answers that the request had no effect and will have none.
     *
     * @param code why: the number of a message, without its DTX
     * @param text one line for people
     * @throws IllegalStateException if it was answered before
     */
    public void refuse(int code, String text) {
        answer(new Frame(Frame.Kind.REFUSAL, null, frame.id(), new Refusal(code, text).encode()));
    }

    /** Answers that the handler failed; what it did is unknown. Nothing if it was answered before. */
    void fail() {
        Refusal unknown = new Refusal(5390, "the member failed while it handled the request; look into its log");
        answerOnce(new Frame(Frame.Kind.FAILURE, null, frame.id(), unknown.encode()));
    }

    private void answer(Frame answer) {
        if (!answerOnce(answer)) {
            throw new IllegalStateException("DTX-5392 a request was answered twice; the first answer stands");
        }
    }

    private boolean answerOnce(Frame answer) {
        boolean first = answered.compareAndSet(false, true);
        if (first) {
            link.answer(frame, answer);
        }
        return first;
    }

    static void requireFits(byte[] payload) {
        if (payload.length > PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "DTX-5336 " + payload.length + " bytes do not fit; " + PAYLOAD_BYTES_MAX + " do");
        }
    }
}
