package bad;

import bad.base.Base;
import io.dtx.*;

class Shop extends Base {
    @SagaStep(compensate = "undo") //! P016
    void a() {}

    @SagaStep(compensate = "fixed") //! P015
    void b() {}
}
