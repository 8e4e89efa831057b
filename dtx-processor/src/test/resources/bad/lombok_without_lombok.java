package bad;

import io.dtx.*;
import lombok.Getter;

@Getter
class Shop { //! P074
    @DistributedTransaction
    void a() {}
}
