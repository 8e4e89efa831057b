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

class Inheriting implements Port {}

class TwiceByClass extends Inheriting {
    @Override
    @DistributedTransaction
    public void send(String what) { //! P055
        super.send(what);
    }
}

interface PlainPort {
    default void send(String what) {}
}

class OneOfTwo implements Port, PlainPort {
    @Override
    @DistributedTransaction
    public void send(String what) {
        PlainPort.super.send(what);
    }
}

class OtherOfTwo implements PlainPort, Port {
    @Override
    @DistributedTransaction
    public void send(String what) { //! P055
        Port.super.send(what);
    }
}
