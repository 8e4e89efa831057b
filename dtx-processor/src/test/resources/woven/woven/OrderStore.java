package woven;

import io.dtx.*;
import woven.base.Store;

class OrderStore extends Store<String> {
    @DistributedTransaction
    String keep(String value) {
        return put(value, new long[0][]);
    }
}
