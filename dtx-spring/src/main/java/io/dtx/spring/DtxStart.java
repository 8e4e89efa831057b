package io.dtx.spring;

import io.dtx.DtxException;
import io.dtx.runtime.Dtx;
import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepDescriptor;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;

/** Registers the application's generated beans and starts dtx as the first of what has a lifecycle; closes it as the last. */
final class DtxStart implements SmartLifecycle {

    private static final int FIRST = Integer.MIN_VALUE + 1_000;

    private final Dtx dtx;
    private final ConfigurableListableBeanFactory beans;
    private volatile boolean running;

    DtxStart(Dtx dtx, ConfigurableListableBeanFactory beans) {
        this.dtx = dtx;
        this.beans = beans;
    }

    @Override
    public int getPhase() {
        return FIRST;
    }

    @Override
    public void start() {
        // Also prototypes and what is made lazily; nothing is made for it.
        for (String name : beans.getBeanNamesForType(ParticipantBean.class, true, false)) {
            Class<?> type = beans.getType(name, false);
            if (type != null && type.isAnnotationPresent(GeneratedParticipant.class)) {
                register(name, type.asSubclass(ParticipantBean.class));
            }
        }
        dtx.start();
        running = true;
    }

    private void register(String name, Class<? extends ParticipantBean> generated) {
        String scope = scope(name);
        boolean prototype = scope.equals(BeanDefinition.SCOPE_PROTOTYPE);
        boolean longLived = prototype || scope.equals(BeanDefinition.SCOPE_SINGLETON) || scope.isEmpty();
        if (!longLived && hasCompensation(generated)) {
            throw new DtxException(
                    null,
                    "DTX-6102 bean " + name + " has compensations and the scope " + scope
                            + ": a compensation may run after a restart, without a client. Move its steps to a singleton or"
                            + " a prototype.",
                    null);
        }
        dtx.register(generated, new DefinedBean(beans, name, prototype));
    }

    /** Returns the scope of a bean, that of a singleton if somebody has added it as an object. */
    private String scope(String name) {
        String scope = beans.containsBeanDefinition(name)
                ? beans.getMergedBeanDefinition(name).getScope()
                : null;
        return scope == null ? BeanDefinition.SCOPE_SINGLETON : scope;
    }

    private static boolean hasCompensation(Class<? extends ParticipantBean> generated) {
        try {
            GeneratedParticipant link = generated.getAnnotation(GeneratedParticipant.class);
            return link.participant().getConstructor().newInstance().steps().stream()
                    .anyMatch(StepDescriptor::isCompensable);
        } catch (ReflectiveOperationException e) {
            throw new DtxException(
                    null,
                    "DTX-6103 the participant of " + generated.getName() + " cannot be made: compile it again.",
                    e);
        }
    }

    @Override
    public void stop() {
        running = false;
        dtx.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
