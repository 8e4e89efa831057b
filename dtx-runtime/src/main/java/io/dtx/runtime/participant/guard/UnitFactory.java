package io.dtx.runtime.participant.guard;

import io.dtx.DtxException;
import io.dtx.runtime.participant.Text;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.persistence.PersistenceException;
import java.util.Map;

/** Makes the factories of persistence units. */
final class UnitFactory {

    private UnitFactory() {}

    /**
     * Makes a factory, and with it the schema if the unit says so.
     *
     * @throws DtxException if the unit is unknown or its mapping is wrong
     */
    static EntityManagerFactory open(String unit, String resource, Map<String, Object> settings) {
        try {
            return Persistence.createEntityManagerFactory(unit, settings);
        } catch (PersistenceException e) {
            throw new DtxException(
                    null,
                    "DTX-3030 persistence unit \"" + unit + "\" of resource \"" + resource + "\" cannot be used: "
                            + Text.of(e) + ". Is it in META-INF/persistence.xml, with its classes?",
                    e);
        }
    }
}
