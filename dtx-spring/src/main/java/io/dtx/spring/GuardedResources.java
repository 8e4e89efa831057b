package io.dtx.spring;

import io.dtx.cdi.Guarded;
import io.dtx.runtime.Dtx;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.AutowireCandidateResolver;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;

/**
 * Injects guarded resources by their qualifier. For the rest whoever resolved before goes on; the superclass says only that
 * annotations are heeded.
 */
final class GuardedResources extends ContextAnnotationAutowireCandidateResolver {

    private final AutowireCandidateResolver before;

    GuardedResources(AutowireCandidateResolver before) {
        this.before = before;
    }

    @Override
    public void setBeanFactory(BeanFactory beans) {
        super.setBeanFactory(beans);
        if (before instanceof BeanFactoryAware aware) {
            aware.setBeanFactory(beans);
        }
    }

    @Override
    public @Nullable Object getSuggestedValue(DependencyDescriptor wanted) {
        BeanFactory beans = getBeanFactory();
        Guarded guarded = guarded(wanted);
        return guarded == null || beans == null
                ? before.getSuggestedValue(wanted)
                : beans.getBean(Dtx.class).resource(guarded.value(), wanted.getDependencyType());
    }

    private static @Nullable Guarded guarded(DependencyDescriptor wanted) {
        Guarded guarded = wanted.getAnnotation(Guarded.class);
        return guarded == null && wanted.getMethodParameter() != null
                ? wanted.getMethodParameter().getMethodAnnotation(Guarded.class)
                : guarded;
    }

    @Override
    public boolean isAutowireCandidate(BeanDefinitionHolder candidate, DependencyDescriptor wanted) {
        return before.isAutowireCandidate(candidate, wanted);
    }

    @Override
    public boolean isRequired(DependencyDescriptor wanted) {
        return before.isRequired(wanted);
    }

    @Override
    public boolean hasQualifier(DependencyDescriptor wanted) {
        return before.hasQualifier(wanted);
    }

    @Override
    public @Nullable String getSuggestedName(DependencyDescriptor wanted) {
        return before.getSuggestedName(wanted);
    }

    @Override
    public @Nullable Object getLazyResolutionProxyIfNecessary(DependencyDescriptor wanted, @Nullable String bean) {
        return before.getLazyResolutionProxyIfNecessary(wanted, bean);
    }

    @Override
    public @Nullable Class<?> getLazyResolutionProxyClass(DependencyDescriptor wanted, @Nullable String bean) {
        return before.getLazyResolutionProxyClass(wanted, bean);
    }

    @Override
    public AutowireCandidateResolver cloneIfNecessary() {
        return new GuardedResources(before.cloneIfNecessary());
    }
}
