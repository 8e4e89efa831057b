package io.dtx.spring;

import org.springframework.aop.framework.AopProxyUtils;

/** What is behind Spring's proxies. */
final class Targets {

    private Targets() {}

    /** Returns the object itself: a proxy has no state, and may have no more than an interface. */
    static Object of(Object bean) {
        Object innermost = bean;
        Object next = bean;
        while (next != null) {
            innermost = next;
            next = AopProxyUtils.getSingletonTarget(next);
        }
        return innermost;
    }
}
