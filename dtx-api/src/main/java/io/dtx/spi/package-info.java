/**
 * What generated code and the runtime say to each other, called or implemented by code that dtx-processor writes: start at
 * {@link io.dtx.spi.StepGateway}. And what applications may implement: {@link io.dtx.spi.ArgumentCodec},
 * {@link io.dtx.spi.LocalTransactions}, {@link io.dtx.spi.XaSource}, {@link io.dtx.spi.DtxParticipant}.
 */
@NullMarked
package io.dtx.spi;

import org.jspecify.annotations.NullMarked;
