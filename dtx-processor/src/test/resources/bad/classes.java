package bad;

import io.dtx.*;

final class Final { //! P060
    @DistributedTransaction
    void a() {}
}

sealed class Sealed permits Half { //! P061
    @DistributedTransaction
    void a() {}
}

non-sealed class Half extends Sealed {}

record Pair(int a) { //! P062
    @DistributedTransaction
    void a(int b) {}
}

enum Kind { //! P063
    A;

    @DistributedTransaction
    void a() {}
}

class Outer {
    class Inner { //! P064
        @DistributedTransaction
        void a() {}
    }

    private static class Hidden { //! P065
        Hidden() {}

        @DistributedTransaction
        void a() {}
    }
}

class Closed { //! P066
    private Closed() {}

    @DistributedTransaction
    void a() {}
}

class Generic<T> { //! P067
    @DistributedTransaction
    void a(T t) {}
}

@DistributedTransaction //! P072
class Empty {
    void a() {}

    @Override
    public String toString() {
        return "";
    }
}
