package io.dtx.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.Ordered;

/**
 * Has each annotated class made as the class that was generated for it, once all definitions are there; and has guarded resources
 * injected by their qualifier.
 */
final class WovenDefinitions implements BeanDefinitionRegistryPostProcessor, Ordered {

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE; // what others define is woven, too
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {}

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        for (String name : beans.getBeanDefinitionNames()) {
            weave(beans.getBeanDefinition(name), beans.getBeanClassLoader());
        }
        if (beans instanceof DefaultListableBeanFactory factory) {
            factory.setAutowireCandidateResolver(new GuardedResources(factory.getAutowireCandidateResolver()));
        }
    }

    private static void weave(BeanDefinition definition, @Nullable ClassLoader loader) {
        String type = definition.getBeanClassName();
        if (type == null || definition.getFactoryMethodName() != null) {
            return; // what a method makes is looked at when it is made
        }
        ClassLoader own = definition instanceof AbstractBeanDefinition known && known.hasBeanClass()
                ? known.getBeanClass().getClassLoader()
                : loader;
        Class<?> generated = AnnotatedClasses.generatedFor(type, own);
        if (generated != null) {
            // A JDK proxy has no more than interfaces, and its class does not tell whose it is.
            definition.setAttribute(AutoProxyUtils.PRESERVE_TARGET_CLASS_ATTRIBUTE, true);
        }
        if (generated != null && definition instanceof AbstractBeanDefinition known) {
            known.setBeanClass(generated);
        } else if (generated != null) {
            definition.setBeanClassName(generated.getName());
        }
    }
}
