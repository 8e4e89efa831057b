package io.dtx.runtime;

import io.dtx.runtime.coordinator.Coordinator;
import io.dtx.runtime.coordinator.CoordinatorLink;
import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.participant.guard.JdbcResource;
import io.dtx.spi.DtxParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import io.dtx.spi.XaSource;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/** A {@link Dtx} whose coordinator log is wrapped; otherwise opened and closed by the same parts. */
public final class DtxOverLog implements AutoCloseable {

    private final DtxConfig config;
    private final Registry registry = new Registry();
    private final LateGateway gateway = new LateGateway();
    private final Function<DtxConfig, Coordinator> coordinator;
    private @Nullable Engine engine;

    /** Registers these resources. */
    public DtxOverLog(
            Map<String, String> values, Map<String, DataSource> resources, UnaryOperator<CoordinatorLog> wrapping) {
        this(config -> new Coordinator(wrapping.apply(Logs.open(config)), Logs.limits(config)), values, resources);
    }

    /** Registers these resources, over a link of its own. */
    public static DtxOverLog over(CoordinatorLink link, Map<String, String> values, Map<String, DataSource> resources) {
        return new DtxOverLog(config -> new Coordinator(link), values, resources);
    }

    private DtxOverLog(
            Function<DtxConfig, Coordinator> coordinator,
            Map<String, String> values,
            Map<String, DataSource> resources) {
        this.config = DtxConfig.read(values);
        this.coordinator = coordinator;
        resources.forEach((name, source) -> registry.add(JdbcResource.of(name, source)));
    }

    /** As {@link Dtx.Builder#xaResource(String, XADataSource)}. */
    public DtxOverLog xaResource(String name, XADataSource source) {
        registry.add(name, source);
        return this;
    }

    /** As {@link Dtx.Builder#xaResource(String, XaSource)}. */
    public DtxOverLog xaResource(String name, XaSource source) {
        registry.add(name, source);
        return this;
    }

    /** As {@link Dtx.Builder#participant}. */
    public DtxOverLog participant(String name, DtxParticipant<?> participant) {
        registry.add(name, participant);
        return this;
    }

    /** As {@link Dtx#gateway}. */
    public StepGateway gateway() {
        return gateway;
    }

    /** As {@link Dtx#create}. */
    public <T> T create(Class<T> type, Object... arguments) {
        ParticipantBean bean = (ParticipantBean) Beans.construct(Generated.wovenFor(type), arguments);
        bean.dtxBind(gateway);
        registry.participants().register(Generated.participant(bean.getClass()), call -> call.on(bean));
        return type.cast(bean);
    }

    /** As {@link Dtx#resource(String, Class)}. */
    public <T> T resource(String name, Class<T> type) {
        return registry.resource(name, type);
    }

    /** As {@link Dtx#resource(String)}. */
    public DataSource resource(String name) {
        return registry.resource(name, DataSource.class);
    }

    /** As {@link Dtx#start}. */
    public void start() {
        Engine started = Engine.start(config, registry, coordinator.apply(config));
        gateway.open(started.gateway());
        engine = started;
    }

    /** As {@link Dtx#transactions}. */
    public Transactions transactions() {
        return Objects.requireNonNull(engine, "not started").transactions();
    }

    @Override
    public void close() {
        gateway.close();
        if (engine == null) {
            registry.close();
        } else {
            engine.close();
        }
    }
}
