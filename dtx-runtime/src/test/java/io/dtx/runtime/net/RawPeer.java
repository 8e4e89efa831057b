package io.dtx.runtime.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Somebody at a member's port who sends whatever bytes he likes, with or without a certificate. */
final class RawPeer implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 1_000 * Integer.getInteger("dtx.net.patience", 20);

    private final Socket socket;

    RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    static RawPeer plain(Address to) throws IOException {
        return new RawPeer(new Socket(to.host(), to.port()));
    }

    /** Connects by TLS; what the member thinks of the certificate shows in the first read. */
    static RawPeer tls(Address to, TlsFiles files) throws IOException {
        SSLSocket socket = (SSLSocket) context(files).getSocketFactory().createSocket(to.host(), to.port());
        RawPeer peer = new RawPeer(socket);
        socket.startHandshake();
        return peer;
    }

    /** Connects by TLS and shows nothing. */
    static RawPeer tlsWithoutCertificate(Address to, TlsFiles trusting) throws IOException {
        SSLSocket socket =
                (SSLSocket) context(null, trusting).getSocketFactory().createSocket(to.host(), to.port());
        RawPeer peer = new RawPeer(socket);
        socket.startHandshake();
        return peer;
    }

    /** Connects and introduces itself as the certificate says. */
    static RawPeer greeted(Address to, Role role) throws IOException {
        RawPeer peer = tls(to, TestCa.of(role));
        peer.send(hello(role, TwoEnds.CLUSTER));
        if (peer.readHello().refused()) {
            throw new IOException("refused: " + Refusal.decode(peer.readFrame().payload()));
        }
        return peer;
    }

    static SSLContext context(TlsFiles files) {
        return context(files, files);
    }

    private static SSLContext context(@Nullable TlsFiles showing, TlsFiles trusting) {
        try {
            KeyStore own = empty();
            if (showing != null) {
                Certificate[] chain = Pem.certificates(showing.chain()).toArray(Certificate[]::new);
                own.setKeyEntry("own", Pem.key(showing.key()), new char[0], chain);
            }
            KeyStore trusted = empty();
            for (X509Certificate each : Pem.certificates(trusting.authorities())) {
                trusted.setCertificateEntry("authority" + trusted.size(), each);
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, new char[0]);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    static byte[] hello(Role role, long cluster) {
        return TwoEnds.encoded(Hello.of(role, false, cluster, EnumSet.noneOf(Service.class)));
    }

    static byte[] frame(Frame frame) {
        ByteBuf out = Unpooled.buffer();
        frame.encode(out);
        return bytes(out);
    }

    private static byte[] bytes(ByteBuf from) {
        try {
            return ByteBufUtil.getBytes(from);
        } finally {
            from.release();
        }
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void send(String hex) throws IOException {
        send(ByteBufUtil.decodeHexDump(hex));
    }

    Hello readHello() throws IOException {
        byte[] head = read(5);
        byte[] body = read(head[4]);
        return Hello.decode(Unpooled.wrappedBuffer(head, body));
    }

    Frame readFrame() throws IOException {
        byte[] head = read(4);
        byte[] body = read(Unpooled.wrappedBuffer(head).readInt());
        return Frame.decode(Unpooled.wrappedBuffer(head, body));
    }

    /** Reads frames until one of this kind. */
    Frame readFrame(Frame.Kind kind) throws IOException {
        Frame next = readFrame();
        while (next.kind() != kind) {
            next = readFrame();
        }
        return next;
    }

    Refusal readGoodbye() throws IOException {
        return Refusal.decode(readFrame(Frame.Kind.GOODBYE).payload());
    }

    private byte[] read(int length) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the member closed after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    /** Reads until the member closes, however it does that. */
    void awaitEnd() throws IOException {
        try {
            byte[] buffer = new byte[4096];
            while (socket.getInputStream().read(buffer) >= 0) {
                continue;
            }
        } catch (SSLException | SocketException e) {
            List.of(e); // an alert, or a reset: an end
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            List.of(e); // the member was first
        }
    }
}
