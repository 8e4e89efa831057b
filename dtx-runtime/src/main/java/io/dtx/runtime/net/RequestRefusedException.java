package io.dtx.runtime.net;

/** The peer read the request and refused it: it had no effect. The code says why; it may be one of the service's own. */
public final class RequestRefusedException extends NetException {

    private static final long serialVersionUID = 1;

    private final String reason;

    RequestRefusedException(Refusal refusal) {
        super(refusal.code(), refusal.text(), null);
        this.reason = refusal.text();
    }

    /** Returns what the peer said, without the code. */
    public String reason() {
        return reason;
    }
}
