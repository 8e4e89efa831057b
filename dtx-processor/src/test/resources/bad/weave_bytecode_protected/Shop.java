// -Adtx.weave=bytecode
package bad;

import base.Base;
import io.dtx.*;

class Shop extends Base {
    @SagaStep(compensate = "undo") //! P034
    void sell() {}
}
