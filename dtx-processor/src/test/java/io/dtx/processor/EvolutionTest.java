package io.dtx.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.spi.ArgumentReader;
import io.dtx.spi.ArgumentWriter;
import io.dtx.spi.MalformedRecordException;
import io.dtx.spi.Participant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepDescriptor;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one version of a class recorded, another one reads where components were added to records, and refuses otherwise. */
class EvolutionTest {

    private static Version first;
    private static Version added;
    private static Version changed;

    /** A compiled version of the class, with what it records. */
    private record Version(ParticipantBean bean, RecordingGateway.Call call) {

        static Version of(String folder) throws Exception {
            Path output = GoodPrograms.folder();
            Program.Compiled compiled =
                    Program.folder("evolution/" + folder).javac(output, List.of(new DtxProcessor()));
            assertEquals(List.of(), compiled.errors());
            ClassLoader loader = GoodPrograms.loader(output);
            RecordingGateway gateway = new RecordingGateway();
            ParticipantBean bean = (ParticipantBean)
                    loader.loadClass("shop.Shop_DtxBean").getConstructor().newInstance();
            gateway.bind(bean);
            ((Runnable) bean).run();
            return new Version(bean, gateway.last());
        }

        String undo(RecordingGateway.Call recorded) throws Throwable {
            Participant participant = RecordingGateway.participant(bean);
            participant.compensate(
                    bean,
                    participant.steps().get(0),
                    new ArgumentReader(recorded.arguments()),
                    null,
                    RecordingGateway.NO_CONTEXT);
            return bean.toString();
        }
    }

    @BeforeAll
    static void compile() throws Exception {
        first = Version.of("first");
        added = Version.of("added");
        changed = Version.of("changed");
    }

    @Test
    void each_version_reads_its_own() throws Throwable {
        assertEquals("Order[id=o1, lines=[Line[sku=a, quantity=2]]] end", first.undo(first.call()));
        assertEquals(
                "Order[id=o1, lines=[Line[sku=a, quantity=2, price=1.50, gift=true]], note=Optional[n], weight=7] end",
                added.undo(added.call()));
    }

    @Test
    void components_that_were_added_are_null_or_zero_in_old_records() throws Throwable {
        assertEquals(
                "Order[id=o1, lines=[Line[sku=a, quantity=2, price=null, gift=false]], note=Optional.empty, weight=0] end",
                added.undo(first.call()));
    }

    @Test
    void components_that_are_not_known_yet_are_passed_over() throws Throwable {
        assertEquals("Order[id=o1, lines=[Line[sku=a, quantity=2]]] end", first.undo(added.call()));
    }

    @Test
    void other_changes_are_refused_and_never_misread() {
        for (Version version : List.of(first, added)) {
            MalformedRecordException refused =
                    assertThrows(MalformedRecordException.class, () -> changed.undo(version.call()));
            assertEquals(
                    "found a Line with other components than today's: only adding some at its end keeps it readable,"
                            + " at byte 14 of a recorded value",
                    refused.getMessage().replaceAll("at byte [0-9]+", "at byte 14"));
        }
    }

    @Test
    void the_contract_changes_with_what_is_recorded_but_not_with_added_components()
            throws ReflectiveOperationException {
        long contract = first.call().step().contract();
        assertEquals(contract, added.call().step().contract());
        assertEquals(contract, changed.call().step().contract(), "a record's own check refuses it");
        Participant others = (Participant) GoodPrograms.LOADER
                .loadClass("values.Everything_DtxParticipant")
                .getConstructor()
                .newInstance();
        long different =
                others.steps().stream().map(StepDescriptor::contract).distinct().count();
        assertEquals(others.steps().size(), different, "steps that record different types");
    }

    /** Pins the format: these bytes are in logs. */
    @Test
    void the_bytes_are_these() throws Throwable {
        String golden = "01" // a shape, and for the first time
                + "02" + check("id:string") + check("lines:list<record>")
                + "13" // 19 bytes of components
                + "036f31" // o1
                + "02" // a list of one
                + "01" + "02" + check("sku:string") + check("quantity:int") // a shape of its own
                + "03" // 3 bytes of components
                + "0261" + "04" // a, 2
                + "04656e64"; // end
        String recorded = HexFormat.of().formatHex(first.call().arguments());
        assertEquals(golden.replaceFirst("13", length(golden)), recorded);
    }

    private static String check(String component) {
        int hash = component.hashCode() * 0x9E3779B9;
        return HexFormat.of().toHexDigits((short) (hash >>> 16));
    }

    private static String length(String golden) {
        int components = golden.indexOf("036f31");
        return HexFormat.of().toHexDigits((byte) ((golden.length() - components - "04656e64".length()) / 2));
    }

    @Test
    void a_writer_stops_before_it_takes_too_much() {
        ArgumentWriter out = new ArgumentWriter();
        String message = assertThrows(
                        IllegalArgumentException.class, () -> out.writeString("x".repeat(ArgumentWriter.MAX_BYTES)))
                .getMessage();
        assertEquals("DTX-2091", message.substring(0, 8));
    }
}
