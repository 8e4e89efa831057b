package io.dtx.processor.model;

import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * A call with {@code super} in a class.
 *
 * @param in the method or constructor that makes it, or the class, for what is outside of them
 * @param of what stands before {@code super}, the simple name of an interface or of the class itself; null if nothing does
 * @param method the name of the method that it calls
 * @param arguments how many it passes
 */
public record SuperCall(Element in, @Nullable String of, String method, int arguments) {}
