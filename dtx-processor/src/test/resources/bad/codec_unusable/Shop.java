package bad;

import io.dtx.*;
import io.dtx.spi.*;

class Shop {
    static class Private implements ArgumentCodec<Thread> {
        @Override
        public void write(ArgumentWriter out, Thread value) {}

        @Override
        public Thread read(ArgumentReader in) {
            return null;
        }
    }

    abstract static class Half implements ArgumentCodec<Thread> {}

    @SagaStep(compensate = "undo")
    void a(
            @RecordedBy(Private.class) Thread one, //! P032
            @RecordedBy(Half.class) Thread two, //! P032
            @RecordedBy(Open.class) Runnable three) {} //! P032

    void undo(Thread one, Thread two, Runnable three) {}
}
