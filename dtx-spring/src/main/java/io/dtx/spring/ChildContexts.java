package io.dtx.spring;

import io.dtx.DtxException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.util.ClassUtils;

/** Refuses annotated beans of child contexts, which publish their start to their parents: {@link EnableDtx} weaves one context. */
final class ChildContexts implements ApplicationListener<ContextRefreshedEvent> {

    private final ConfigurableListableBeanFactory own;

    ChildContexts(ConfigurableListableBeanFactory own) {
        this.own = own;
    }

    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        ApplicationContext context = event.getApplicationContext();
        if (context instanceof ConfigurableApplicationContext child && child.getBeanFactory() != own) {
            check(child.getBeanFactory());
        }
    }

    private static void check(ConfigurableListableBeanFactory beans) {
        for (String name : beans.getSingletonNames()) {
            Object object = beans.getSingleton(name);
            check(name, object == null ? null : Targets.of(object).getClass());
        }
        for (String name : beans.getBeanDefinitionNames()) {
            BeanDefinition definition = beans.getMergedBeanDefinition(name);
            if (!beans.containsSingleton(name) && definition.getFactoryMethodName() == null) {
                check(name, beans.getType(name, false));
            }
        }
    }

    private static void check(String name, @Nullable Class<?> type) {
        if (type != null && Generated.isMissing(type)) {
            throw new DtxException(
                    null,
                    "DTX-6106 bean " + name + " of a child context is a "
                            + ClassUtils.getUserClass(type).getName()
                            + ", whose annotations nobody would heed: define it in the context with @EnableDtx, or put"
                            + " @EnableDtx on the child's configuration too.",
                    null);
        }
    }
}
