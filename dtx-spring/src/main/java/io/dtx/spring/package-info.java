/**
 * Makes annotated beans transactional in Spring, and the runtime injectable. {@code WovenDefinitions} puts generated classes in the
 * place of their originals, {@code WovenBeans} binds them; {@code DtxStart} starts and closes dtx with the application context. It depends on
 * {@code io.dtx.runtime}, {@code io.dtx.cdi} for its qualifier, and Spring's context. Read {@code EnableDtx} first.
 */
@NullMarked
package io.dtx.spring;

import org.jspecify.annotations.NullMarked;
