package io.dtx.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** In a named module the participant is provided, although it is written in the same compile. */
class ModulesTest {

    @Test
    void a_module_that_provides_its_participant_compiles_and_the_participant_is_found() throws IOException {
        Path output = GoodPrograms.folder();
        Path api = ApiModule.jar(GoodPrograms.folder());
        Program.Compiled compiled =
                Program.folder("module").javac(output, List.of(new DtxProcessor()), "--module-path", api.toString());
        assertEquals(List.of(), compiled.errors());
        assertTrue(compiled.success());

        ModuleFinder finder = ModuleFinder.of(output, api);
        Configuration configuration =
                ModuleLayer.boot().configuration().resolve(finder, ModuleFinder.of(), Set.of("shop"));
        ModuleLayer layer = ModuleLayer.boot().defineModulesWithOneLoader(configuration, null);
        ClassLoader loader = layer.findLoader("shop");
        try {
            Class<?> participant = loader.loadClass("io.dtx.spi.Participant");
            List<String> found = ServiceLoader.load(layer, participant).stream()
                    .map(provider -> provider.type().getName())
                    .toList();
            assertEquals(List.of("shop.Shop_DtxParticipant"), found);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
