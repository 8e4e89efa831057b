package constructors;

import io.dtx.SagaStep;
import java.io.IOException;
import java.util.List;

class Service {

    final String made;

    Service() {
        this.made = "nothing";
    }

    protected Service(String first, int... rest) throws IOException {
        if (first.isEmpty()) {
            throw new IOException("empty");
        }
        this.made = first + rest.length;
    }

    public <T extends Comparable<T>> Service(List<? super T> values, T value) {
        this.made = values + " " + value;
    }

    private Service(Thread hidden) {
        this.made = hidden.getName();
    }

    Service(Runnable unused) {
        this.made = "early";
        look(1);
    }

    static Service hidden() {
        return new Service(Thread.currentThread());
    }

    @SagaStep(compensate = SagaStep.NONE)
    long look(int value) {
        return value;
    }

}
