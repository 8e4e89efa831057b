package beans;

import io.dtx.DistributedTransaction;

class Plain {

    @DistributedTransaction
    void run() {}
}
