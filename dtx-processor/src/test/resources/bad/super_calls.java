package bad;

import io.dtx.*;

abstract class Base {
    @SagaStep(compensate = SagaStep.NONE)
    void sell(String what) {}

    void sell(String what, int pieces) {}

    @DistributedTransaction
    void place(String... orders) {}

    @SagaStep(compensate = SagaStep.NONE)
    void count() {}
}

class Past extends Base { //! P054
    private final Runnable later = () -> super.count();

    void restock() { //! P054
        super.sell("tea");
    }

    void restockMany() {
        super.sell("tea", 2);
        sell("tea");
    }

    Runnable placeLater() { //! P054
        return () -> Past.super.place("a", "b");
    }

    Runnable countOther(Base other) {
        return new Runnable() {
            @Override
            public void run() {
                other.count();
                Past.super.hashCode();
            }
        };
    }
}

class Own extends Base { //! P054
    @Override
    @SagaStep(compensate = SagaStep.NONE)
    void sell(String what) {
        super.sell(what);
    }

    void sellTwice() { //! P054
        super.sell("tea");
    }

    class Inner {
        void sell() {
            Own.super.count();
        }
    }
}
