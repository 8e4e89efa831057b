package io.dtx.spring;

import io.dtx.runtime.Dtx;

/**
 * A bean that registers resources and sets configuration keys, before dtx is built. All of them are asked, in their order: those
 * of the context and of the contexts above it, up to one with a Dtx of its own.
 */
@FunctionalInterface
public interface DtxConfigurer {

    /** Adds to the configuration. Neither this bean nor one that it needs may have Dtx or a guarded resource injected. */
    void configure(Dtx.Builder dtx);
}
