package io.dtx.runtime.weave;

import java.io.File;
import java.util.concurrent.Callable;

/** Runs the woven program; with an argument, after it has loaded a class, and an agent only then. */
final class AgentProgram {

    private AgentProgram() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            Class.forName("shop.Till");
            attach(new File(arguments[0]));
        }
        try {
            Callable<?> exercise = (Callable<?>)
                    Class.forName("shop.Exercise").getConstructor().newInstance();
            ((Iterable<?>) exercise.call()).forEach(System.out::println);
        } catch (RuntimeException e) {
            System.out.println("failed: " + e.getMessage());
        }
    }

    // By reflection: not every run time image has the module.
    private static void attach(File agent) throws ReflectiveOperationException {
        Class<?> machine = Class.forName("com.sun.tools.attach.VirtualMachine");
        Object self = machine.getMethod("attach", String.class)
                .invoke(null, String.valueOf(ProcessHandle.current().pid()));
        machine.getMethod("loadAgent", String.class).invoke(self, agent.getPath());
        machine.getMethod("detach").invoke(self);
    }
}
