package io.dtx.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * On a configuration class: has annotated beans woven and dtx started with the application context.
 *
 * <pre>{@code
 * @Configuration
 * @EnableDtx
 * @ComponentScan
 * class Application {
 *     @Bean
 *     DtxConfigurer resources(@Qualifier("pool") DataSource pool) {
 *         return dtx -> dtx.resource("stock", pool);
 *     }
 * }
 * }</pre>
 *
 * <p>The class that dtx-processor generated becomes the bean, in the place of its original, with the same name and scope. A
 * {@code @Guarded("stock")} data source, or entity manager, is the guarded one of the registered resource; {@link io.dtx.runtime.Dtx}
 * can be injected too. dtx starts once all singletons are made, before web servers and listeners, and closes after them, before
 * the first bean is destroyed.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Import(DtxConfiguration.class)
public @interface EnableDtx {}
