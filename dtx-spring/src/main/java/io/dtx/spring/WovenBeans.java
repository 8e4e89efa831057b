package io.dtx.spring;

import io.dtx.DtxException;
import io.dtx.cdi.Weaving;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import io.dtx.spi.Weave;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Binds generated beans when they are made, also those that a method makes; an annotated bean that nobody has woven is refused. */
final class WovenBeans implements BeanPostProcessor {

    private final ObjectProvider<StepGateway> gateway;
    private final Set<Class<?>> registered = ConcurrentHashMap.newKeySet();
    private final Map<Class<?>, String> bound = new ConcurrentHashMap<>();
    private volatile boolean started;

    WovenBeans(ObjectProvider<StepGateway> gateway) {
        this.gateway = gateway;
    }

    /** The compensations of a class are known. */
    void registered(Class<?> generated) {
        registered.add(generated);
    }

    /** No class can be registered any more. */
    void started() {
        started = true;
        bound.forEach((type, name) -> refuseUnregistered(type, name));
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        bind(bean, name);
        return bean;
    }

    /** What a factory bean makes passes here only. */
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (!AopUtils.isAopProxy(bean)) { // its target has passed already, or does when it is made
            bind(bean, name);
        }
        return bean;
    }

    /** Binds a bean, or refuses it. */
    void bind(Object bean, String name) {
        if (bean instanceof ParticipantBean participant) {
            Class<?> type = AnnotatedClasses.ofParticipant(bean.getClass());
            if (started) {
                refuseUnregistered(type, name);
            } else {
                bound.put(type, name);
            }
            participant.dtxBind(gateway.getObject());
        } else if (AnnotatedClasses.isUnwoven(bean.getClass())) {
            throw unwoven(bean.getClass(), name);
        }
    }

    private void refuseUnregistered(Class<?> type, String name) {
        if (!registered.contains(type)) {
            throw new DtxException(
                    null,
                    "DTX-6104 bean " + name + " is a " + type.getName()
                            + ", which could not be seen when dtx"
                            + " started, so that nobody would run its compensations: have the method that makes it declare that"
                            + " class as what it returns.",
                    null);
        }
    }

    private static DtxException unwoven(Class<?> type, String name) {
        String bean = "DTX-6101 bean " + name + " is a " + type.getName();
        Weave weave = Weaving.weave(type);
        if (weave != null) {
            return new DtxException(
                    null,
                    weave == Weave.BYTECODE
                            ? bean + ", which was compiled with -Adtx.weave=bytecode and is not woven: run the build's"
                                    + " weaving, or compile it with -Adtx.weave=subclass."
                            : bean
                                    + ", which was compiled with -Adtx.weave=none, for CDI's interceptors, which Spring does"
                                    + " not have: compile it with -Adtx.weave=subclass or bytecode.",
                    null);
        }
        Class<?> generated = AnnotatedClasses.generatedFor(type.getName(), type.getClassLoader());
        return new DtxException(
                null,
                bean + ", whose annotations nobody would heed. "
                        + (generated == null
                                ? "dtx-processor did not run: add it to annotationProcessorPaths (JDK 23+ ignores processors on"
                                        + " the class path)."
                                : "A method makes it, or it was added as an object: define the class itself as a bean, by"
                                        + " @Component or @Import, or have the method make the generated "
                                        + generated.getSimpleName() + ", which is also what a test has to mock."),
                null);
    }
}
