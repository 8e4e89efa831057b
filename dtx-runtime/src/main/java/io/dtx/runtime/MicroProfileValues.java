package io.dtx.runtime;

import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Reads MicroProfile Config where the application has it; the only class that sees it. */
final class MicroProfileValues {

    private MicroProfileValues() {}

    /** Returns whether there is MicroProfile Config, and an implementation of it. */
    static boolean isPresent() {
        try {
            Class.forName("org.eclipse.microprofile.config.ConfigProvider", false, classLoader());
            return Present.hasImplementation();
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Adds every {@code dtx.} key that it knows. */
    static void addTo(Map<String, String> values) {
        Present.addTo(values);
    }

    /** Loaded only where the library is. */
    private static final class Present {

        private static boolean hasImplementation() {
            try {
                return ConfigProvider.getConfig(classLoader()) != null;
            } catch (IllegalStateException e) { // how the API says that there is none
                return false;
            }
        }

        private static void addTo(Map<String, String> values) {
            Config config = ConfigProvider.getConfig(classLoader());
            for (String key : config.getPropertyNames()) {
                if (key.startsWith("dtx.")) {
                    config.getOptionalValue(key, String.class).ifPresent(value -> values.put(key, value));
                }
            }
            for (Setting each : Setting.values()) { // environment variables are not listed under their keys
                config.getOptionalValue(each.key, String.class).ifPresent(value -> values.put(each.key, value));
            }
        }
    }

    private static ClassLoader classLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? MicroProfileValues.class.getClassLoader() : context;
    }
}
