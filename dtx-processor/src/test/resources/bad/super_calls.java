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

abstract class Middle extends Base {
    void sell(int number) {}
}

class PastMiddle extends Middle {
    void restock() { //! P054
        super.sell("tea");
    }

    void restockByNumber() {
        super.sell(7);
    }

    void place(int orders) { //! P054
        super.place("one, as the method takes");
    }
}

class Referring extends Base { //! P054
    Runnable countLater() { //! P054
        return super::count;
    }

    @Override
    @SagaStep(compensate = SagaStep.NONE)
    void sell(String what) {
        java.util.function.Consumer<String> sell = super::sell;
        sell.accept(what);
    }

    class Inner { // its super is Object
        String text = super.toString();

        Runnable countLater() {
            return Referring.super::count;
        }
    }
}

class Outer {
    static class Nested extends Base { //! P054
        class Inner {
            void count() {
                Outer.Nested.super.count();
            }
        }
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

@DistributedTransaction
class Whole {
    @SagaStep(compensate = "unsell")
    public void sell(String what) {}

    public void unsell(String what) {}

    public void place(String order) {}
}

class OfWhole extends Whole {
    @Override
    @DistributedTransaction
    public void place(String order) {
        super.place(order);
    }

    void placeAgain(String order) { //! P054
        super.place(order);
    }

    void takeBack(String what) {
        super.unsell(what);
    }
}
