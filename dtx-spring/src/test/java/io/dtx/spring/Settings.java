package io.dtx.spring;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A Dtx with a log in memory, which waits for compensations. */
@Configuration
@EnableDtx
class Settings {

    @Bean
    DtxConfigurer memory() {
        return dtx -> dtx.config("dtx.log", "memory").config("dtx.compensation.wait", "20s");
    }
}
