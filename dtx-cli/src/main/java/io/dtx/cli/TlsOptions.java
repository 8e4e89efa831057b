package io.dtx.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The files of mutual TLS, and any other key of the configuration: what all commands have that use the network. */
final class TlsOptions {

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description =
                    "PEM file of the private key, PKCS #8 (dtx.tls.key); without TLS only this machine is reached")
    private @Nullable Path key;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "PEM file of its certificate, which says the role (dtx.tls.certificate)")
    private @Nullable Path certificate;

    @Option(
            names = "--tls-authorities",
            paramLabel = "FILE",
            description =
                    "PEM file of the authorities that the others' certificates descend from (dtx.tls.authorities)")
    private @Nullable Path authorities;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "any key of docs/configuration.md; also read from the environment, as DTX_LOG_DIR")
    private final Map<String, String> settings = new LinkedHashMap<>();

    TlsOptions() {}

    /** Returns what was given, as keys of the configuration. */
    Map<String, String> settings() {
        Map<String, String> all = new LinkedHashMap<>(settings);
        put(all, "dtx.tls.key", key);
        put(all, "dtx.tls.certificate", certificate);
        put(all, "dtx.tls.authorities", authorities);
        return all;
    }

    /** Puts a value if it was given. */
    static void put(Map<String, String> settings, String key, @Nullable Object value) {
        if (value != null) {
            settings.put(key, value.toString());
        }
    }
}
