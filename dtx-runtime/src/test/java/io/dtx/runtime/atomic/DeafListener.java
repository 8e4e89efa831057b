package io.dtx.runtime.atomic;

import io.dtx.runtime.coordinator.CoordinatorLink;

/** Has no session, and is told nothing. */
final class DeafListener implements CoordinatorLink.Listener {

    @Override
    public void actionsPend() {}

    @Override
    public void sessionsChanged() {}

    @Override
    public void sessionEnded(long session) {}
}
