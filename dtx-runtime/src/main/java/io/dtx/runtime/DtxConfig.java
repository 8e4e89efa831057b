package io.dtx.runtime;

import io.dtx.DtxException;
import io.dtx.runtime.participant.Text;
import io.dtx.spi.Durations;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code dtx.*} keys say: the builder's values, else MicroProfile Config where it is present; where it is not, system
 * properties, else the environment ({@code DTX_LOG_DIR}), else {@code META-INF/microprofile-config.properties}; else the default.
 */
final class DtxConfig {

    private static final Pattern TIMEOUT_OF_ONE = Pattern.compile("dtx\\.transaction\\.\"?.+?\"?\\.timeout");
    private static final System.Logger LOG = System.getLogger(DtxConfig.class.getName());

    private final Map<String, String> values = new TreeMap<>();

    private DtxConfig() {}

    /** Reads all sources, and warns of keys that mean nothing. */
    static DtxConfig read(Map<String, String> builder) {
        DtxConfig config = new DtxConfig();
        if (MicroProfileValues.isPresent()) {
            MicroProfileValues.addTo(config.values);
        } else {
            config.readFile();
            config.readEnvironment();
            System.getProperties().stringPropertyNames().stream()
                    .filter(key -> key.startsWith("dtx."))
                    .forEach(key -> config.values.put(key, System.getProperty(key)));
        }
        config.values.putAll(builder);
        config.values.keySet().stream().filter(DtxConfig::isUnknown).forEach(DtxConfig::warn);
        return config;
    }

    String text(Setting setting) {
        return values.getOrDefault(setting.key, setting.defaultValue).trim();
    }

    long number(Setting setting) {
        try {
            return Long.parseLong(text(setting));
        } catch (NumberFormatException e) {
            throw wrong(setting.key, "\"" + text(setting) + "\" is no whole number", e);
        }
    }

    long millis(Setting setting) {
        return millis(setting.key, text(setting));
    }

    /** Returns one of the words that a setting may have. */
    String oneOf(Setting setting, String... words) {
        if (!List.of(words).contains(text(setting))) {
            throw wrong(setting.key, "\"" + text(setting) + "\" is none of " + Arrays.toString(words), null);
        }
        return text(setting);
    }

    /** Returns the timeout configured for the transactions of a name, 0 for none. */
    long transactionTimeoutMillis(String name) {
        String key = "dtx.transaction.\"" + name + "\".timeout";
        String value = values.getOrDefault(key, values.get(key.replace("\"", "")));
        return value == null ? 0 : millis(key, value);
    }

    /** Returns the configured node name, else the host's. */
    String node() {
        if (!text(Setting.NODE).isEmpty()) {
            return text(Setting.NODE);
        }
        String host = System.getenv("HOSTNAME");
        try {
            return host == null || host.isBlank() ? InetAddress.getLocalHost().getHostName() : host;
        } catch (UnknownHostException e) {
            throw wrong(Setting.NODE.key, "it is not set, and the host has no name", e);
        }
    }

    private void readEnvironment() {
        for (Setting each : Setting.values()) {
            String value = System.getenv(each.key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"));
            if (value != null) {
                values.put(each.key, value);
            }
        }
    }

    private void readFile() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream in = loader == null
                ? ClassLoader.getSystemResourceAsStream("META-INF/microprofile-config.properties")
                : loader.getResourceAsStream("META-INF/microprofile-config.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            properties.stringPropertyNames().stream()
                    .filter(key -> key.startsWith("dtx."))
                    .forEach(key -> values.put(key, properties.getProperty(key)));
        } catch (IOException e) {
            throw new DtxException(null, "DTX-1010 META-INF/microprofile-config.properties cannot be read", e);
        }
    }

    private static long millis(String key, String value) {
        try {
            return Durations.parseMillis(value);
        } catch (IllegalArgumentException e) {
            throw wrong(key, String.valueOf(e.getMessage()), e);
        }
    }

    private static DtxException wrong(String key, String what, @Nullable Throwable cause) {
        return new DtxException(null, "DTX-1011 configuration key " + Text.line(key) + ": " + Text.line(what), cause);
    }

    private static boolean isUnknown(String key) {
        return !TIMEOUT_OF_ONE.matcher(key).matches()
                && Arrays.stream(Setting.values()).noneMatch(each -> each.key.equals(key));
    }

    private static void warn(String key) {
        String nearest = Arrays.stream(Setting.values())
                .map(each -> each.key)
                .min(Comparator.comparingInt(known -> distance(known, key)))
                .orElseThrow();
        LOG.log(
                System.Logger.Level.WARNING,
                "DTX-1012 configuration key {0} means nothing to dtx; did you mean {1}?",
                Text.line(key),
                nearest);
    }

    /** Returns how many letters must be changed, added or removed (Levenshtein 1966). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
