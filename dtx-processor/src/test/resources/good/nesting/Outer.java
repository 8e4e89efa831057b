package nesting;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;

public class Outer {

    static class Middle {

        protected static class Inner {
            int undone;

            @SagaStep(compensate = "undo")
            Kind step(Kind kind) {
                return kind;
            }

            void undo(Kind kind) {
                undone += kind.weight();
            }
        }
    }

    interface Port {
        class Adapter {
            @DistributedTransaction
            protected synchronized int run(final int... values) {
                return values.length;
            }
        }
    }

    enum Kind {
        LIGHT,
        HEAVY {
            @Override
            int weight() {
                return 100;
            }
        };

        int weight() {
            return 1;
        }
    }
}
