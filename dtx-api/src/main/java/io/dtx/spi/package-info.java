/**
 * What generated code and the runtime say to each other. Applications implement {@link io.dtx.spi.ArgumentCodec} at most; all
 * else here is called or implemented by code that dtx-processor writes. Start at {@link io.dtx.spi.StepGateway}.
 */
@NullMarked
package io.dtx.spi;

import org.jspecify.annotations.NullMarked;
