package app;

import io.dtx.DistributedTransaction;
import io.dtx.cdi.Guarded;

class Shop extends Base {

    @Guarded("stock")
    Object field;

    Shop(@Guarded("payments") Object parameter) {}

    @DistributedTransaction
    public void place() {}
}

class Base {

    void inject(@Guarded("audit") Object parameter) {}
}
