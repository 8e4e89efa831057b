package io.dtx.spring;

import io.dtx.runtime.Dtx;
import io.dtx.spi.StepGateway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans that {@link EnableDtx} brings. */
@Configuration(proxyBeanMethods = false)
class DtxConfiguration {

    @Bean
    static WovenDefinitions dtxWovenDefinitions() {
        return new WovenDefinitions();
    }

    @Bean
    static WovenBeans dtxWovenBeans(ObjectProvider<StepGateway> gateway) {
        return new WovenBeans(gateway);
    }

    // DtxStart closes it, before the beans that it needs are destroyed.
    @Bean(destroyMethod = "")
    Dtx dtx(ObjectProvider<DtxConfigurer> configurers) {
        Dtx.Builder builder = Dtx.builder();
        configurers.orderedStream().forEach(each -> each.configure(builder));
        return builder.build();
    }

    @Bean
    StepGateway dtxGateway(Dtx dtx) {
        return dtx.gateway();
    }

    @Bean
    DtxStart dtxStart(Dtx dtx, ConfigurableListableBeanFactory beans, WovenBeans made) {
        return new DtxStart(dtx, beans, made);
    }

    @Bean
    static ChildContexts dtxChildContexts(ConfigurableListableBeanFactory beans) {
        return new ChildContexts(beans);
    }
}
