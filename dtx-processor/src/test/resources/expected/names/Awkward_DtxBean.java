package names;

import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import jakarta.inject.Inject;
import javax.annotation.processing.Generated;

/**
 * {@code Awkward} with its calls woven.
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
        of = Awkward.class,
        participant = Awkward_DtxParticipant.class
)
class Awkward_DtxBean extends Awkward implements ParticipantBean {
    private io.dtx.spi.StepGateway dtxGateway;

    Awkward_DtxBean() {
        super();
    }

    @Override
    @Inject
    public void dtxBind(io.dtx.spi.StepGateway gateway) {
        this.dtxGateway = gateway;
    }

    private io.dtx.spi.StepGateway dtxGateway() {
        if (dtxGateway == null) {
            throw new IllegalStateException("DTX-2035 Awkward was called before it knew its gateway: do not call its steps and transactions from its constructor, and make it with Dtx.create, Dtx.register or by injection.");
        }
        return dtxGateway;
    }

    @Override
    Awkward.ReserveResult reserve(Awkward.List out, Awkward.Optional step, int bean, String gateway,
            String arguments, byte dtxGateway) {
        return dtxGateway().step(Awkward_DtxParticipant.RESERVE,
                        out_ -> Awkward_DtxParticipant.recordReserve(out_, out, step, bean, gateway, arguments, dtxGateway),
                        () -> super.reserve(out, step, bean, gateway, arguments, dtxGateway));
    }

    @Override
    void over(int[] one) {
        dtxGateway().step(Awkward_DtxParticipant.OVER,
                        out -> Awkward_DtxParticipant.recordOver(out, one),
                        () -> {
                            super.over(one);
                            return null;
                        });
    }

    @Override
    void over(long[] two) {
        dtxGateway().step(Awkward_DtxParticipant.OVER2,
                        out -> Awkward_DtxParticipant.recordOver2(out, two),
                        () -> {
                            super.over(two);
                            return null;
                        });
    }

    @Override
    void OVER() {
        dtxGateway().step(Awkward_DtxParticipant.OVER3,
                        out -> {},
                        () -> {
                            super.OVER();
                            return null;
                        });
    }
}
