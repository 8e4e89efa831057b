package io.dtx.runtime.participant.xa;

import io.dtx.spi.DtxParticipant;
import io.dtx.spi.XaSource;

/**
 * A participant that speaks no XA, as a source of connections that do.
 *
 * @param <P> what its branches need to end
 */
record ParticipantSource<P>(DtxParticipant<P> participant) implements XaSource {

    @Override
    public XaConnection open() {
        return new ParticipantBranch<>(participant);
    }

    @Override
    public String storeId() throws Exception {
        return participant.storeId();
    }
}
