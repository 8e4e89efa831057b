package io.dtx.runtime.net;

import java.nio.file.Path;

/**
 * The PEM files of mutual TLS. They are read again when they change; connections that exist then go on with what they had.
 *
 * @param key the private key, PKCS #8, not encrypted; readable by this process only
 * @param chain its certificate, followed by intermediate ones
 * @param authorities the certificates that peers must descend from; only those, never the public ones of the JDK
 */
public record TlsFiles(Path key, Path chain, Path authorities) {}
