/**
 * Where annotated calls enter the runtime, each exactly once: {@link io.dtx.runtime.invoke.TransactionalGateway} decides what
 * a call means for the thread's transaction, and speaks for the transaction's owner. It knows the coordinator and the
 * participant ports.
 */
@NullMarked
package io.dtx.runtime.invoke;

import org.jspecify.annotations.NullMarked;
