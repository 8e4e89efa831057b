package io.dtx.cdi;

import io.dtx.DtxException;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.Producer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A producer of the application that may make what it likes, but no annotated object that nobody has woven. */
final class WatchedProducer<T> implements Producer<T> {

    private static final ClassValue<Boolean> UNWOVEN = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return !Weaving.isWoven(type) && Weaving.isAnnotated(type);
        }
    };

    private final Producer<T> producer;
    private final String member;

    WatchedProducer(Producer<T> producer, String member) {
        this.producer = producer;
        this.member = member;
    }

    @Override
    public @Nullable T produce(CreationalContext<T> creation) {
        T product = producer.produce(creation);
        if (product != null && UNWOVEN.get(product.getClass())) {
            String type = product.getClass().getName();
            throw new DtxException(
                    null,
                    "DTX-6007 " + member + " makes a " + type
                            + ", whose annotations nobody would heed. Remove the producer"
                            + " and have the class injected; for a test double, override its annotated methods.",
                    null);
        }
        return product;
    }

    @Override
    public void dispose(T product) {
        producer.dispose(product);
    }

    @Override
    public Set<InjectionPoint> getInjectionPoints() {
        return producer.getInjectionPoints();
    }
}
