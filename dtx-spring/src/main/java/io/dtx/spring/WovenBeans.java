package io.dtx.spring;

import io.dtx.DtxException;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Binds generated beans when they are made, also those that a method makes; an annotated bean that nobody has woven is refused. */
final class WovenBeans implements BeanPostProcessor {

    private final ObjectProvider<StepGateway> gateway;

    WovenBeans(ObjectProvider<StepGateway> gateway) {
        this.gateway = gateway;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof ParticipantBean participant) {
            participant.dtxBind(gateway.getObject());
        } else if (Generated.isMissing(bean.getClass())) {
            throw unwoven(bean.getClass(), name);
        }
        return bean;
    }

    private static DtxException unwoven(Class<?> type, String name) {
        if (Generated.hasCalls(type)) {
            return new DtxException(
                    null,
                    "DTX-6101 bean " + name + " is a " + type.getName()
                            + ", which was not compiled for a subclass, and is not"
                            + " woven: run the build's weaving of -Adtx.weave=bytecode, or compile it with"
                            + " -Adtx.weave=subclass.",
                    null);
        }
        Class<?> generated = Generated.of(type.getName(), type.getClassLoader());
        return new DtxException(
                null,
                "DTX-6101 bean " + name + " is a " + type.getName() + ", whose annotations nobody would heed. "
                        + (generated == null
                                ? "dtx-processor did not run: add it to annotationProcessorPaths (JDK 23+ ignores processors on"
                                        + " the class path)."
                                : "A method makes it: define the class itself as a bean, by @Component or @Import, or have the"
                                        + " method make the generated " + generated.getSimpleName() + "."),
                null);
    }
}
