package io.dtx.spring;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;

/** Refuses annotated beans of child contexts, which publish their start to their parents: {@link EnableDtx} weaves one context. */
final class ChildContexts implements ApplicationListener<ContextRefreshedEvent> {

    private static final OtherContext CHILD = new OtherContext("child");

    private final ConfigurableListableBeanFactory own;

    ChildContexts(ConfigurableListableBeanFactory own) {
        this.own = own;
    }

    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        ApplicationContext context = event.getApplicationContext();
        if (context instanceof ConfigurableApplicationContext child && child.getBeanFactory() != own) {
            CHILD.refuseUnwoven(child.getBeanFactory());
        }
    }
}
