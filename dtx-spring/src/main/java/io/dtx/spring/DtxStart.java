package io.dtx.spring;

import io.dtx.DtxException;
import io.dtx.runtime.Dtx;
import io.dtx.spi.GeneratedCalls;
import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.Woven;
import io.dtx.spi.WovenGateway;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.ClassUtils;

/** Registers the application's generated beans and starts dtx as the first of what has a lifecycle; closes it as the last. */
final class DtxStart implements SmartLifecycle, DisposableBean {

    private static final int FIRST = Integer.MIN_VALUE + 1_000;

    private final Dtx dtx;
    private final ConfigurableListableBeanFactory beans;
    private final List<WovenGateway> woven = new ArrayList<>();
    private final Map<Class<?>, String> nameByClass = new HashMap<>();
    private final WovenBeans made;
    private volatile boolean running;
    private volatile boolean closed;

    DtxStart(Dtx dtx, ConfigurableListableBeanFactory beans, WovenBeans made) {
        this.dtx = dtx;
        this.beans = beans;
        this.made = made;
    }

    @Override
    public int getPhase() {
        return FIRST;
    }

    @Override
    public void start() {
        if (closed) {
            throw new DtxException(
                    null,
                    "DTX-6105 dtx was closed when its context was stopped, and cannot be started again: make a new context, or"
                            + " refresh this one.",
                    null);
        }
        OtherContext.refuseUnwovenAbove(beans);
        for (String name : beans.getSingletonNames()) {
            Object object = beans.getSingleton(name);
            if (object != null) {
                made.bind(Targets.of(object), name); // it may have been added as an object, or made before all others
            }
        }
        // Also prototypes and what is made lazily; nothing is made for it.
        for (String name : beans.getBeanNamesForType(Object.class, true, false)) {
            Class<?> type = type(name);
            if (type != null) {
                registerAny(name, ClassUtils.getUserClass(type));
            }
        }
        made.started();
        dtx.start();
        running = true;
    }

    /** Returns the class of a bean; behind its proxies, if it is made. */
    private @Nullable Class<?> type(String name) {
        Object object = beans.isFactoryBean(name) ? null : beans.getSingleton(name);
        return object == null ? beans.getType(name, false) : Targets.of(object).getClass();
    }

    private void registerAny(String name, Class<?> type) {
        if (type.isAnnotationPresent(Woven.class)) {
            registerWoven(name, type);
        } else if (ParticipantBean.class.isAssignableFrom(type)) {
            Class<?> generated = AnnotatedClasses.ofParticipant(type);
            if (generated.isAnnotationPresent(GeneratedParticipant.class)) {
                register(name, generated);
            }
        } else {
            Class<?> generated = AnnotatedClasses.generatedFor(type.getName(), type.getClassLoader());
            if (generated != null) { // a method has still to make it, and declares the class of the application
                register(name, generated);
            }
        }
    }

    /** Registers a bean whose bytecode is woven, and binds its class, as it has no object of a generated one to bind. */
    private void registerWoven(String name, Class<?> type) {
        register(name, type);
        GeneratedCalls calls = Dtx.participantOf(type).calls();
        if (calls != null) {
            calls.gateway().bind(dtx.gateway());
            woven.add(calls.gateway());
        }
    }

    private void register(String name, Class<?> generated) {
        if (beans.containsBean(ScopedProxyUtils.getTargetBeanName(name))) {
            return; // a scoped proxy, which has no state: its target is registered
        }
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
        String other = hasCompensation(generated) ? nameByClass.putIfAbsent(generated, name) : null;
        if (other != null) {
            throw new DtxException(
                    null,
                    "DTX-6107 beans " + other + " and " + name + " are both a "
                            + Dtx.participantOf(generated).className()
                            + ", which has compensations: those of a step know its class only, and could be called on the"
                            + " other bean. Let one of them be of a subclass, or have one bean that takes what differs as an"
                            + " argument.",
                    null);
        }
        made.registered(generated);
        dtx.register(generated, new DefinedBean(beans, name, prototype));
    }

    /** Returns the scope of a bean, that of a singleton if somebody has added it as an object. */
    private String scope(String name) {
        String scope = beans.containsBeanDefinition(name)
                ? beans.getMergedBeanDefinition(name).getScope()
                : null;
        return scope == null ? BeanDefinition.SCOPE_SINGLETON : scope;
    }

    private static boolean hasCompensation(Class<?> type) {
        return Dtx.participantOf(type).steps().stream().anyMatch(StepDescriptor::isCompensable);
    }

    @Override
    public void stop() {
        running = false;
        closed = true;
        dtx.close();
        woven.forEach(each -> each.unbind(dtx.gateway()));
    }

    /** A context whose start fails, here or after, is not stopped: it only destroys what it has made. */
    @Override
    public void destroy() {
        if (!closed) {
            stop();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
