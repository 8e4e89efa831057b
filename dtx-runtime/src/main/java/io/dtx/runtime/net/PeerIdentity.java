package io.dtx.runtime.net;

import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Who a certificate says that its holder is.
 *
 * @param role what it may do
 * @param name the common name, for logs; empty if there is none
 * @param applications those that it may speak for, as names of kind URI, {@code dtx:application:NAME}, say; empty: for any
 */
record PeerIdentity(Role role, String name, Set<String> applications) {

    /** Begins the names that say for which applications the holder may speak. */
    static final String APPLICATION = "dtx:application:";

    private static final int URI = 6;

    /** Returns what the verified certificate of a connection's other end says. */
    static PeerIdentity of(SSLSession session) {
        try {
            Certificate leaf = session.getPeerCertificates()[0];
            return of((X509Certificate) leaf);
        } catch (SSLPeerUnverifiedException e) {
            throw new Violation(5311, "it showed no certificate");
        }
    }

    static PeerIdentity of(X509Certificate certificate) {
        String name = commonName(certificate);
        List<String> uris = names(certificate).stream()
                .filter(each -> Objects.equals(each.get(0), URI))
                .map(each -> String.valueOf(each.get(1)))
                .toList();
        List<Role> roles =
                uris.stream().map(Role::ofUri).filter(Objects::nonNull).toList();
        if (roles.size() != 1) {
            throw new Violation(
                    5312,
                    "the certificate of \"" + name + "\" says " + (roles.isEmpty() ? "no role" : "more than one role")
                            + "; give it exactly one of the names URI:" + Role.MEMBER.uri() + ", URI:"
                            + Role.APPLICATION.uri() + ", URI:" + Role.OPERATOR.uri());
        }
        Set<String> applications = uris.stream()
                .filter(each -> each.startsWith(APPLICATION))
                .map(each -> each.substring(APPLICATION.length()))
                .collect(Collectors.toUnmodifiableSet());
        return new PeerIdentity(roles.get(0), name, applications);
    }

    private static Collection<List<?>> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            throw new Violation(5312, "its certificate cannot be read: " + Text.of(e));
        }
    }

    private static String commonName(X509Certificate certificate) {
        try {
            for (Rdn each : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (each.getType().equalsIgnoreCase("CN")) {
                    return Text.visible(String.valueOf(each.getValue()));
                }
            }
            return "";
        } catch (InvalidNameException e) {
            return "";
        }
    }
}
