package io.dtx.examples.conformance;

import io.dtx.runtime.Dtx;
import java.util.Map;
import java.util.Objects;

/** No container at all: a program that makes its objects itself. */
public final class PlainJava implements Container {

    private final Databases databases = new Databases();
    private final Dtx dtx;
    private final Map<Class<?>, Object> beans;

    private PlainJava() {
        Dtx.Builder builder = Dtx.builder();
        databases.configure(builder);
        dtx = builder.build();
        Stock stock = dtx.create(Stock.class, dtx.resource("stock"));
        Payments payments = dtx.create(Payments.class);
        Audit audit = dtx.create(Audit.class, stock);
        beans = Map.of(
                Dtx.class, dtx,
                Stock.class, stock,
                Payments.class, payments,
                Audit.class, audit,
                Shipping.class, dtx.create(Shipping.class, dtx.resource("shipping")),
                Orders.class, dtx.create(Orders.class, stock, payments, audit));
        dtx.start();
    }

    /** Runs a part of the suite. */
    public static void main(String[] args) throws Exception {
        Conformance.run(args[0], PlainJava::new);
    }

    @Override
    public <T> T bean(Class<T> type) {
        return type.cast(Objects.requireNonNull(beans.get(type), type::getName));
    }

    @Override
    public void close() {
        dtx.close();
        databases.close();
    }
}
