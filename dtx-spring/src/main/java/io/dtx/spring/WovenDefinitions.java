package io.dtx.spring;

import io.dtx.cdi.Guarded;
import io.dtx.runtime.Dtx;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;
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
            factory.setAutowireCandidateResolver(new GuardedResources());
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
        Class<?> generated = Generated.of(type, own);
        if (generated != null && definition instanceof AbstractBeanDefinition known) {
            known.setBeanClass(generated);
        } else if (generated != null) {
            definition.setBeanClassName(generated.getName());
        }
    }

    /** What Spring does for annotations, and guarded resources. */
    private static final class GuardedResources extends ContextAnnotationAutowireCandidateResolver {

        @Override
        public @Nullable Object getSuggestedValue(DependencyDescriptor wanted) {
            Guarded guarded = guarded(wanted);
            return guarded == null
                    ? super.getSuggestedValue(wanted)
                    : Objects.requireNonNull(getBeanFactory())
                            .getBean(Dtx.class)
                            .resource(guarded.value(), wanted.getDependencyType());
        }

        private static @Nullable Guarded guarded(DependencyDescriptor wanted) {
            Guarded guarded = wanted.getAnnotation(Guarded.class);
            return guarded == null && wanted.getMethodParameter() != null
                    ? wanted.getMethodParameter().getMethodAnnotation(Guarded.class)
                    : guarded;
        }
    }
}
