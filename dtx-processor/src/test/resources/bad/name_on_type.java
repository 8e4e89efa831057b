package bad;

import io.dtx.*;

@DistributedTransaction(name = "shop") //! P009
class Shop {
    public void a() {}
}
