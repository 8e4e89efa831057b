package io.dtx.examples.conformance;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;

/** The CDI container for Java SE that is on the class path, with all that it discovers there. */
public final class CdiSe implements Container {

    private final SeContainer container;

    private CdiSe(SeContainer container) {
        this.container = container;
    }

    /** Runs a part of the suite. */
    public static void main(String[] args) throws Exception {
        Conformance.run(args[0], CdiSe::start);
    }

    /** Starts the container. */
    public static Container start() {
        return new CdiSe(initializer().initialize());
    }

    private static SeContainerInitializer initializer() {
        return SeContainerInitializer.newInstance().setClassLoader(CdiSe.class.getClassLoader());
    }

    /**
     * Starts the application, places an order and brings the application down.
     *
     * @param first whether there are no databases yet
     * @param property of the container, which is off
     */
    public static void order(boolean first, String property) throws Exception {
        if (first) {
            Databases.create(Run.directory());
        }
        try (Container container =
                new CdiSe(initializer().addProperty(property, false).initialize())) {
            container.bean(Orders.class).place("tea", 1, 1, container.bean(Shipping.class));
        }
    }

    @Override
    public <T> T bean(Class<T> type) {
        return container.select(type).get();
    }

    @Override
    public void close() {
        container.close();
    }
}
