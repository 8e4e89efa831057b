package io.dtx.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.annotation.processing.Filer;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.lang.model.SourceVersion;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.junit.jupiter.api.Test;

/** Calls with {@code super} are found in the environments that tools put around javac's. */
class SuperCallsTest {

    /** As Gradle wraps the environment of processors that it runs incrementally. */
    private record Wrapped(ProcessingEnvironment delegate) implements ProcessingEnvironment {
        @Override
        public Map<String, String> getOptions() {
            return delegate.getOptions();
        }

        @Override
        public Messager getMessager() {
            return delegate.getMessager();
        }

        @Override
        public Filer getFiler() {
            return delegate.getFiler();
        }

        @Override
        public Elements getElementUtils() {
            return delegate.getElementUtils();
        }

        @Override
        public Types getTypeUtils() {
            return delegate.getTypeUtils();
        }

        @Override
        public SourceVersion getSourceVersion() {
            return delegate.getSourceVersion();
        }

        @Override
        public Locale getLocale() {
            return delegate.getLocale();
        }
    }

    @Test
    void a_wrapper_with_a_field_hides_nothing() {
        DtxProcessor processor = new DtxProcessor();
        Processor wrapped = proxy(Processor.class, (self, method, given) -> {
            boolean isInit = method.getName().equals("init");
            return method.invoke(
                    processor, isInit ? new Object[] {new Wrapped((ProcessingEnvironment) given[0])} : given);
        });
        assertThat(said(wrapped)).containsOnly("P054").hasSize(11);
    }

    @Test
    void behind_another_kind_of_environment_nothing_is_found_and_nothing_fails() {
        DtxProcessor processor = new DtxProcessor();
        Processor hidden = proxy(Processor.class, (self, method, given) -> {
            boolean isInit = method.getName().equals("init");
            return method.invoke(processor, isInit ? new Object[] {hidden(given[0])} : given);
        });
        assertThat(said(hidden)).isEmpty();
    }

    private static ProcessingEnvironment hidden(Object real) {
        return proxy(ProcessingEnvironment.class, (self, asked, with) -> asked.invoke(real, with));
    }

    private static List<String> said(Processor processor) {
        return BadProgramsTest.codes(Program.of(List.of(Program.resources("bad/super_calls.java")))
                        .javac(GoodPrograms.folder(), List.of(processor)))
                .toList();
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
