package io.dtx.spi;

/** One record that is being read: which of today's components its bytes have. */
public final class RecordFrame {

    private final ArgumentReader in;
    private final int components;
    private final boolean complete;
    private final int outerEnd;

    RecordFrame(ArgumentReader in, int components, boolean complete, int outerEnd) {
        this.in = in;
        this.components = components;
        this.complete = complete;
        this.outerEnd = outerEnd;
    }

    /** Returns whether the record was written with a component: one that was added later has no bytes, and is null or zero. */
    public boolean has(int component) {
        return component < components;
    }

    /**
     * Ends the record, passing over components that today's class does not have.
     *
     * @throws MalformedRecordException if bytes are left of components that it has
     */
    public void end() {
        in.endRecord(complete, outerEnd);
    }
}
