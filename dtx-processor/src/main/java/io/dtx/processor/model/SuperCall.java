package io.dtx.processor.model;

import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * A call with {@code super} in a class, or a reference such as {@code super::step}.
 *
 * @param of the class whose {@code super} it is
 * @param in its method or constructor that has the call, or the class, for what is outside of them
 * @param called the method that it reaches: of a superclass, or a default method
 */
public record SuperCall(TypeElement of, Element in, ExecutableElement called) {}
