package io.dtx.runtime.session;

import java.util.List;

/** Of a member that is asked about the others by nobody. */
final class NoRoster implements Roster {

    @Override
    public RosterView view() {
        return new RosterView(1, 2, "", List.of(), "", true, 0, -1);
    }

    @Override
    public List<String> addresses() {
        return List.of();
    }

    @Override
    public boolean add(String member) {
        throw new ChangeRefusedException("DTX-8018 alone");
    }

    @Override
    public boolean remove(int id) {
        throw new ChangeRefusedException("DTX-8018 alone");
    }

    @Override
    public boolean transferTo(int id) {
        throw new ChangeRefusedException("DTX-8018 alone");
    }
}
