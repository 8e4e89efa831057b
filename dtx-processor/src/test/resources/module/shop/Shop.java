package shop;

import io.dtx.DistributedTransaction;

class Shop {

    @DistributedTransaction
    void a() {}
}
