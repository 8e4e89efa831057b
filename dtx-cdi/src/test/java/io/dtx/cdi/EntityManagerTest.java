package io.dtx.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import io.dtx.StepResult;
import io.dtx.cdi.Containers.Extensions;
import io.dtx.runtime.Dtx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** An injected entity manager is the step's own inside of it. */
class EntityManagerTest {

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void entities_are_written_in_steps_and_undone_by_compensations(Extensions extensions) {
        try (WeldContainer container =
                Containers.start(extensions, Database.class, Notes.class, EntityManagerTest_Notes_DtxBean.class)) {
            Notes notes = container.select(Notes.class).get();

            notes.write("keep", false);
            assertThatThrownBy(() -> notes.write("drop", true)).hasMessage("drop it");

            assertThat(notes.texts()).isEqualTo("keep");
        }
    }

    /** A line of text. */
    @Entity(name = "Note")
    public static class Note {
        @Id
        @GeneratedValue
        Long id;

        String text;
    }

    @ApplicationScoped
    static class Database {
        void configure(@Observes Dtx.Builder dtx) {
            JdbcDataSource h2 = new JdbcDataSource();
            h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            dtx.config("dtx.log", "memory").resource("notes", h2).persistenceUnit("notes", "notes-pu");
        }
    }

    @ApplicationScoped
    static class Notes {
        @Inject
        @Guarded("notes")
        EntityManager em;

        @DistributedTransaction
        public void write(String text, boolean fails) {
            add(text);
            if (fails) {
                throw new IllegalStateException(text + " it");
            }
        }

        @SagaStep(compensate = "remove", resource = "notes")
        public long add(String text) {
            Note note = new Note();
            note.text = text;
            em.persist(note);
            return note.id;
        }

        void remove(String text, @StepResult long id) {
            em.remove(em.find(Note.class, id));
        }

        public String texts() {
            return String.join(
                    ",",
                    em.createQuery("select n.text from Note n", String.class).getResultList());
        }
    }
}
