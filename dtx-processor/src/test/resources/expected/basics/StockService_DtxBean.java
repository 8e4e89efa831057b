package basics;

import io.dtx.TransactionContext;
import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import javax.annotation.processing.Generated;

/**
 * {@code StockService} with its calls woven.
 */
@Generated("io.dtx.processor.DtxProcessor")
@SuppressWarnings({
        "all",
        "NullAway",
        "cast",
        "deprecation",
        "exports",
        "overloads",
        "rawtypes",
        "removal",
        "serial",
        "this-escape",
        "unchecked",
        "varargs"
})
@GeneratedParticipant(
        of = StockService.class,
        participant = StockService_DtxParticipant.class
)
public class StockService_DtxBean extends StockService implements ParticipantBean {
    private StepGateway dtxGateway;

    public StockService_DtxBean() {
        super();
    }

    @Override
    @Inject
    public void dtxBind(StepGateway gateway) {
        this.dtxGateway = gateway;
    }

    private StepGateway dtxGateway() {
        if (dtxGateway == null) {
            throw new IllegalStateException("DTX-2035 StockService was called before it knew its gateway: do not call its steps and transactions from its constructor, and make it with Dtx.create, Dtx.register or by injection.");
        }
        return dtxGateway;
    }

    @Override
    public long place(String sku, int quantity) throws IOException {
        return dtxGateway().transaction(StockService_DtxParticipant.PLACE,
                        () -> super.place(sku, quantity));
    }

    @Override
    public void browse() {
        if (!TransactionContext.isActive()) {
            super.browse();
            return;
        }
        dtxGateway().transaction(StockService_DtxParticipant.BROWSE,
                        () -> {
                            super.browse();
                            return null;
                        });
    }

    @Override
    void placeAll() {
        dtxGateway().transaction(StockService_DtxParticipant.PLACE_ALL,
                        () -> {
                            super.placeAll();
                            return null;
                        });
    }

    @Override
    public long reserve(String sku, int quantity, InputStream behind) throws IOException {
        return dtxGateway().step(StockService_DtxParticipant.RESERVE,
                        out -> StockService_DtxParticipant.recordReserve(out, sku, quantity),
                        () -> super.reserve(sku, quantity, behind));
    }

    @Override
    protected String charge(String customer) {
        return dtxGateway().step(StockService_DtxParticipant.CHARGE,
                        out -> StockService_DtxParticipant.recordCharge(out, customer),
                        () -> super.charge(customer));
    }

    @Override
    void ship(String... parcels) {
        dtxGateway().step(StockService_DtxParticipant.SHIP,
                        out -> StockService_DtxParticipant.recordShip(out, parcels),
                        () -> {
                            super.ship(parcels);
                            return null;
                        });
    }

    @Override
    int look(String out, int gateway) {
        return dtxGateway().step(StockService_DtxParticipant.LOOK,
                        out_ -> {},
                        () -> super.look(out, gateway));
    }
}
