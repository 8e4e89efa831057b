package woven;

import io.dtx.*;

/** Records, enums, default methods, inner classes. */
class Shapes {
    int count;

    @DistributedTransaction
    record Amount(long cents) {
        public long doubled() {
            return 2 * cents;
        }

        @Override
        public String toString() {
            return "" + cents;
        }
    }

    enum Level {
        LOW,
        HIGH {
            @Override
            int rank() {
                return 2;
            }
        };

        @SagaStep(compensate = "lower")
        boolean raise(int by) {
            return by + rank() > 2;
        }

        void lower(int by) {}

        int rank() {
            return 1;
        }
    }

    interface Port {
        @DistributedTransaction
        default String send(String text) {
            return text + name();
        }

        String name();
    }

    sealed interface Kind permits Card {}

    static final class Card implements Kind, Port {
        @Override
        public String name() {
            return "card";
        }
    }

    class Counter {
        @DistributedTransaction
        void count() {
            count++;
        }
    }
}
