package io.dtx.runtime.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys and certificates in PEM files. Whatever is wrong with one is an exception that names the file. */
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA", "RSASSA-PSS");

    private Pem() {}

    /** Reads the one private key of a file. */
    static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        Matcher block = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        while (block.find()) {
            String kind = block.group(1);
            if (kind.equals("PRIVATE KEY")) {
                return key(file, Base64.getMimeDecoder().decode(block.group(2)));
            }
            if (kind.endsWith("PRIVATE KEY")) {
                throw new GeneralSecurityException(
                        file + " holds a " + kind + "; convert it: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
            }
        }
        throw new GeneralSecurityException(file + " holds no private key in PEM form");
    }

    private static PrivateKey key(Path file, byte[] der) throws GeneralSecurityException {
        for (String each : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(each).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                continue; // a key of another kind
            }
        }
        throw new GeneralSecurityException(file + " holds a private key that is none of " + ALGORITHMS);
    }

    /** Reads the certificates of a file, at least one. */
    static List<X509Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        byte[] text = Files.readAllBytes(file);
        try {
            List<X509Certificate> found =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(text))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (found.isEmpty()) {
                throw new GeneralSecurityException(file + " holds no certificate");
            }
            return found;
        } catch (java.security.cert.CertificateException e) {
            throw new GeneralSecurityException(file + " holds a certificate that cannot be read: " + Text.of(e), e);
        }
    }

    /** Returns the PEM form of some bytes. */
    static String encode(String kind, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }
}
