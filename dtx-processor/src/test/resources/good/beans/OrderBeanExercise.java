package beans;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dtx.processor.Exercise;
import io.dtx.processor.RecordingGateway;
import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.StepGateway;
import jakarta.annotation.Priority;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

public final class OrderBeanExercise implements Exercise {

    @Override
    @SuppressWarnings("deprecation")
    public void run(RecordingGateway gateway) throws Throwable {
        Class<?> bean = OrderBean_DtxBean.class;
        assertEquals(
                Set.of(
                        GeneratedParticipant.class, Named.class, Fast.class, ApplicationScoped.class, Alternative.class,
                        Priority.class, Checked.class, RolesAllowed.class),
                types(bean.getDeclaredAnnotations()));
        assertEquals("orderBean", bean.getAnnotation(Named.class).value());
        assertArrayEquals(new String[] {"a", "b"}, bean.getAnnotation(Checked.class).value());

        Constructor<?> constructor = bean.getDeclaredConstructor(String.class);
        assertTrue(constructor.isAnnotationPresent(Inject.class));
        assertEquals("x", ((Named) constructor.getParameterAnnotations()[0][0]).value());
        assertFalse(bean.getDeclaredConstructor().isAnnotationPresent(Inject.class));
        assertTrue(bean.getDeclaredMethod("dtxBind", StepGateway.class).isAnnotationPresent(Inject.class));

        Method place = bean.getDeclaredMethod("place", String.class);
        assertEquals(Set.of(Checked.class, RolesAllowed.class), types(place.getAnnotations()));
        assertEquals(0, place.getParameterAnnotations()[0].length);
        Method on = bean.getDeclaredMethod("on", String.class, String.class);
        assertEquals(Set.of(Observes.class, Fast.class), types(on.getParameterAnnotations()[0]));
        assertEquals(Set.of(Named.class), types(on.getParameterAnnotations()[1]));

        Set<String> overridden = Arrays.stream(bean.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .collect(Collectors.toSet());
        assertEquals(Set.of("dtxBind", "dtxGateway", "place", "on"), overridden);

        assertEquals(
                "namedByStereotype", NamedByStereotype_DtxBean.class.getAnnotation(Named.class).value());
        assertEquals(2, NamedByStereotype_DtxBean.class.getAnnotationsByType(Level.class).length);
        assertEquals(Set.of(GeneratedParticipant.class), types(Plain_DtxBean.class.getAnnotations()));
        gateway.bind(new OrderBean_DtxBean("a")).place("b");
        assertEquals(List.of("OrderBean.place"), gateway.entered());
    }

    private static Set<Class<?>> types(Annotation[] annotations) {
        return Arrays.stream(annotations).map(Annotation::annotationType).collect(Collectors.toSet());
    }
}
