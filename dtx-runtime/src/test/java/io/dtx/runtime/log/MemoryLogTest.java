package io.dtx.runtime.log;

class MemoryLogTest extends CoordinatorLogContract {

    @Override
    protected CoordinatorLog create() {
        return new MemoryLog(20_000);
    }

    @Override
    protected CoordinatorLog reopen(CoordinatorLog closed) {
        return closed;
    }
}
