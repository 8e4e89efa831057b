// -Adtx.weave=bytcode
package bad;

import io.dtx.*;

class Shop { //! P076
    @SagaStep
    void sell() {}
}

class Other {
    @SagaStep
    private void sell() {}
}
