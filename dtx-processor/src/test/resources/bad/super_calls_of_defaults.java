// -Adtx.weave=bytecode
package bad;

import io.dtx.*;

interface Port {
    @DistributedTransaction(propagation = Propagation.REQUIRES_NEW)
    default void send(String what) {}
}

interface Wide extends Port {}

class Twice implements Wide {
    @Override
    @DistributedTransaction
    public void send(String what) { //! P055
        Wide.super.send(what);
    }
}

class Caller implements Port {
    @DistributedTransaction
    void other() {
        Port.super.send("from another method, which is in a transaction");
    }
}
