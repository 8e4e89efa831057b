package io.dtx.cdi;

import io.dtx.spi.BeanSource;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;

/**
 * Takes a compensation's bean from its context. A compensation has its own request, unless its thread is in one; a dependent
 * bean lives as long as the call.
 */
final class ContextualBean<T> implements BeanSource {

    private final BeanManager beans;
    private final Bean<T> bean;
    private final Instance<RequestContextController> requestContexts;

    ContextualBean(BeanManager beans, Bean<T> bean, Instance<RequestContextController> requestContexts) {
        this.beans = beans;
        this.bean = bean;
        this.requestContexts = requestContexts;
    }

    @Override
    public void with(Call call) throws Throwable {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(bean.getBeanClass().getClassLoader());
        try (Instance.Handle<RequestContextController> request = requestContexts.getHandle()) {
            boolean activated = request.get().activate();
            try {
                inRequest(call);
            } finally {
                if (activated) {
                    request.get().deactivate();
                }
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void inRequest(Call call) throws Throwable {
        CreationalContext<T> creation = beans.createCreationalContext(bean);
        if (bean.getScope() != Dependent.class) {
            // The instance itself: a proxy has only the bean's types, which @Typed may narrow.
            call.on(beans.getContext(bean.getScope()).get(bean, creation));
            return;
        }
        try {
            call.on(beans.getReference(bean, Object.class, creation));
        } finally {
            creation.release();
        }
    }
}
