package io.dtx.spring;

import io.dtx.spi.BeanSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Takes a compensation's bean from the application context: the object itself, for a proxy has no state. */
final class DefinedBean implements BeanSource {

    private final ConfigurableListableBeanFactory beans;
    private final String name;
    private final boolean prototype;

    DefinedBean(ConfigurableListableBeanFactory beans, String name, boolean prototype) {
        this.beans = beans;
        this.name = name;
        this.prototype = prototype;
    }

    @Override
    public void with(Call call) throws Throwable {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(beans.getBeanClassLoader());
        try {
            call(call);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void call(Call call) throws Throwable {
        Object bean = beans.getBean(name);
        try {
            call.on(Targets.of(bean));
        } finally {
            if (prototype) {
                beans.destroyBean(name, bean);
            }
        }
    }
}
