package library;

import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.Participant;
import io.dtx.spi.Weave;

@GeneratedParticipant(of = Desk.Drawer.class, participant = Participant.class, weave = Weave.BYTECODE)
public final class Desk_Drawer_DtxCalls {}
