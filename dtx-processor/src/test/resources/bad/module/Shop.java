package shop;

import io.dtx.*;

class Shop { //! P075
    @DistributedTransaction
    void a() {}
}
