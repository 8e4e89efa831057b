package values;

import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.annotation.processing.Generated;

/**
 * {@code Everything} with its calls woven.
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
        of = Everything.class,
        participant = Everything_DtxParticipant.class
)
class Everything_DtxBean extends Everything implements ParticipantBean {
    private StepGateway dtxGateway;

    Everything_DtxBean() {
        super();
    }

    @Override
    @Inject
    public void dtxBind(StepGateway gateway) {
        this.dtxGateway = gateway;
    }

    private StepGateway dtxGateway() {
        if (dtxGateway == null) {
            throw new IllegalStateException("DTX-2035 Everything was called before it knew its gateway: do not call its steps and transactions from its constructor, and make it with Dtx.create, Dtx.register or by injection.");
        }
        return dtxGateway;
    }

    @Override
    String text(String text, String... more) {
        return dtxGateway().step(Everything_DtxParticipant.TEXT,
                        out -> Everything_DtxParticipant.recordText(out, text, more),
                        () -> super.text(text, more));
    }

    @Override
    double primitives(boolean a, byte b, short c, char d, int e, long f, float g, double h,
            Everything.Primitives p, Everything.Boxes q) {
        return dtxGateway().step(Everything_DtxParticipant.PRIMITIVES,
                        out -> Everything_DtxParticipant.recordPrimitives(out, a, b, c, d, e, f, g, h, p, q),
                        () -> super.primitives(a, b, c, d, e, f, g, h, p, q));
    }

    @Override
    Everything.Numbers numbers(BigDecimal a, BigInteger b, UUID c, byte[] d,
            Everything.Times times) {
        return dtxGateway().step(Everything_DtxParticipant.NUMBERS,
                        out -> Everything_DtxParticipant.recordNumbers(out, a, b, c, d, times),
                        () -> super.numbers(a, b, c, d, times));
    }

    @Override
    Everything.Outcome shapes(Everything.Outcome outcome, Everything.Tree tree,
            Map<DayOfWeek, ? extends Set<Integer>> map, long[][] grid, List<String>[] lists) {
        return dtxGateway().step(Everything_DtxParticipant.SHAPES,
                        out -> Everything_DtxParticipant.recordShapes(out, outcome, tree, map, grid, lists),
                        () -> super.shapes(outcome, tree, map, grid, lists));
    }
}
