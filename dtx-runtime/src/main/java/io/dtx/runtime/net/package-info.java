/**
 * The network: one TLS port per member for members, applications and operators, and the clients that use it. A
 * {@link io.dtx.runtime.net.Network} owns threads and certificates; it listens ({@link io.dtx.runtime.net.Server}) and calls
 * ({@link io.dtx.runtime.net.Client}). What travels is opaque bytes of a {@link io.dtx.runtime.net.Service}. The only package
 * that sees Netty, which never shows in a public signature. Read {@code Network} first, then {@code Hello} and {@code Frame}
 * for the bytes.
 */
@NullMarked
package io.dtx.runtime.net;

import org.jspecify.annotations.NullMarked;
