package io.dtx.testkit;

/** What happens at a point that a process passes. */
@FunctionalInterface
interface Fault {

    /** Happens; may throw, end the process, or let time pass. */
    void strike(Life life, String where) throws Exception;

    /** The process is gone: its log and its connections with it. */
    static Fault crash() {
        return (life, where) -> {
            life.kill();
            throw new SimulatedCrash(where);
        };
    }
}
