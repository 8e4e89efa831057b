package beans;

import io.dtx.DistributedTransaction;

@Facade
@Level(1)
@Level(2)
class NamedByStereotype {

    @DistributedTransaction
    void run() {}
}
