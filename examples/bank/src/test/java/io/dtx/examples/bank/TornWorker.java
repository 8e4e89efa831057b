package io.dtx.examples.bank;

import jakarta.enterprise.inject.se.SeContainerInitializer;

/** A worker of the bank with a bug. */
final class TornWorker {
    private TornWorker() {}

    public static void main(String[] arguments) throws Exception {
        SeContainerInitializer beans = SeContainerInitializer.newInstance().addBeanClasses(TornBank.class);
        Worker.run(beans, TornBank.class, Long.parseLong(arguments[1]));
    }
}
