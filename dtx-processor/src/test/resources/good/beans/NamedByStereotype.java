package beans;

import io.dtx.DistributedTransaction;

@Facade
class NamedByStereotype {

    @DistributedTransaction
    void run() {}
}
