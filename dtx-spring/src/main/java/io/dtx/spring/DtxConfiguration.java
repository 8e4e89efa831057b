package io.dtx.spring;

import io.dtx.runtime.Dtx;
import io.dtx.spi.StepGateway;
import java.util.Collection;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.HierarchicalBeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
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
    Dtx dtx(ObjectProvider<DtxConfigurer> configurers, ConfigurableListableBeanFactory beans) {
        Dtx.Builder builder = Dtx.builder();
        Collection<DtxConfigurer> others = ofAnotherDtx(beans);
        configurers.orderedStream().filter(each -> !others.contains(each)).forEach(each -> each.configure(builder));
        return builder.build();
    }

    /** Returns what configures the Dtx of a context above: with its log and resources, too, there would be two of each. */
    private static Collection<DtxConfigurer> ofAnotherDtx(HierarchicalBeanFactory beans) {
        BeanFactory above = beans.getParentBeanFactory();
        while (above instanceof HierarchicalBeanFactory next) {
            if (above instanceof ListableBeanFactory its
                    && its.getBeanNamesForType(Dtx.class, true, false).length > 0) {
                return BeanFactoryUtils.beansOfTypeIncludingAncestors(its, DtxConfigurer.class)
                        .values();
            }
            above = next.getParentBeanFactory();
        }
        return List.of();
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
