package io.dtx.runtime.net;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/**
 * One state of the TLS files, loaded and found to be usable.
 *
 * @param identity what the own certificate says
 * @param expires when the own certificate ends
 */
record Credentials(SslContext server, SslContext client, PeerIdentity identity, Instant expires) {

    private static final String PROTOCOL = "TLSv1.3";

    /** Sessions are not resumed: each connection proves anew who it is. */
    private static final long NO_SESSIONS = 1;

    static Credentials load(TlsFiles files, boolean checkHostNames) throws IOException, GeneralSecurityException {
        PrivateKey key = Pem.key(files.key());
        List<X509Certificate> chain = Pem.certificates(files.chain());
        X509Certificate[] authorities = Pem.certificates(files.authorities()).toArray(X509Certificate[]::new);
        X509Certificate own = chain.get(0);
        requireValid(files, own);
        requirePair(files, key, own.getPublicKey());
        return new Credentials(
                common(SslContextBuilder.forServer(key, chain), authorities)
                        .clientAuth(ClientAuth.REQUIRE)
                        .build(),
                common(SslContextBuilder.forClient().keyManager(key, chain), authorities)
                        .endpointIdentificationAlgorithm(checkHostNames ? "HTTPS" : null)
                        .build(),
                identity(files, own),
                own.getNotAfter().toInstant());
    }

    private static SslContextBuilder common(SslContextBuilder builder, X509Certificate[] authorities) {
        return builder.sslProvider(SslProvider.JDK)
                .protocols(PROTOCOL)
                .trustManager(authorities)
                .sessionTimeout(NO_SESSIONS)
                .sessionCacheSize(1);
    }

    private static void requireValid(TlsFiles files, X509Certificate own) throws GeneralSecurityException {
        Date now = new Date();
        if (now.after(own.getNotAfter()) || now.before(own.getNotBefore())) {
            throw new GeneralSecurityException(
                    files.chain() + " is valid from " + own.getNotBefore().toInstant() + " to "
                            + own.getNotAfter().toInstant());
        }
    }

    private static void requirePair(TlsFiles files, PrivateKey key, PublicKey published)
            throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        boolean pair;
        try {
            byte[] message = {1, 2, 3};
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(message);
            byte[] signed = signature.sign();
            signature.initVerify(published);
            signature.update(message);
            pair = signature.verify(signed);
        } catch (java.security.InvalidKeyException | java.security.SignatureException e) {
            pair = false;
        }
        if (!pair) {
            throw new GeneralSecurityException(files.chain() + " is not the certificate of the key in " + files.key());
        }
    }

    private static PeerIdentity identity(TlsFiles files, X509Certificate own) throws GeneralSecurityException {
        try {
            return PeerIdentity.of(own);
        } catch (Violation e) {
            throw new GeneralSecurityException(
                    files.chain() + ": " + e.refusal().text(), e);
        }
    }
}
