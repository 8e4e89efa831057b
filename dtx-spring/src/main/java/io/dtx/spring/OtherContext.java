package io.dtx.spring;

import io.dtx.DtxException;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * Refuses annotated beans that nobody has woven in a context without {@link EnableDtx} which shares beans with one that has it:
 * those that are there, and those that it makes later.
 *
 * @param kind what the context is to the other one
 */
record OtherContext(String kind) implements BeanPostProcessor {

    private static final OtherContext PARENT = new OtherContext("parent");

    /** Looks at all contexts above. */
    static void refuseUnwovenAbove(ConfigurableListableBeanFactory beans) {
        BeanFactory above = beans.getParentBeanFactory();
        while (above != null) {
            BeanFactory its =
                    above instanceof ConfigurableApplicationContext context ? context.getBeanFactory() : above;
            if (!(its instanceof ConfigurableListableBeanFactory parent)) {
                return; // nothing that tells what it has
            }
            PARENT.refuseUnwoven(parent);
            above = parent.getParentBeanFactory();
        }
    }

    /** Looks at the beans of a context that has started. */
    void refuseUnwoven(ConfigurableListableBeanFactory beans) {
        for (String name : beans.getSingletonNames()) {
            Object object = beans.getSingleton(name);
            refuse(name, object == null ? null : Targets.of(object).getClass());
        }
        for (String name : beans.getBeanDefinitionNames()) {
            BeanDefinition definition = beans.getMergedBeanDefinition(name);
            if (!beans.containsSingleton(name) && definition.getFactoryMethodName() == null) {
                refuse(name, beans.getType(name, false));
            }
        }
        beans.addBeanPostProcessor(this); // an equal one is there once
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        refuse(name, bean.getClass());
        return bean;
    }

    /** What a factory bean makes passes here only. */
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (!AopUtils.isAopProxy(bean)) {
            refuse(name, bean.getClass());
        }
        return bean;
    }

    private void refuse(String name, @Nullable Class<?> type) {
        if (type != null && AnnotatedClasses.isUnwoven(type)) {
            throw new DtxException(
                    null,
                    "DTX-6106 bean " + name + " of a " + kind + " context is a "
                            + ClassUtils.getUserClass(type).getName()
                            + ", whose annotations nobody would heed: define it in the context with @EnableDtx, or put"
                            + " @EnableDtx on the " + kind + "'s configuration too, with a log of its own (dtx.log.dir,"
                            + " dtx.node).",
                    null);
        }
    }
}
