package bad;

import io.dtx.*;
import io.quarkus.runtime.Startup;
import jakarta.ejb.Stateless;
import jakarta.enterprise.inject.*;
import jakarta.interceptor.Interceptor;

@Stateless //! P068
class Ejb {
    @DistributedTransaction
    void a() {}
}

class Producing {
    @DistributedTransaction
    void a() {}

    @Produces //! P069
    String b() {
        return "";
    }

    void c(
            @Disposes String d) {} //! P069

    @Produces //! P069
    Integer e = 1;
}

class Starting {
    @DistributedTransaction
    void a() {}

    @Startup //! P070
    void b() {}
}

class General {}

@Specializes //! P071
class Special extends General {
    @DistributedTransaction
    void a() {}
}

@Interceptor //! P073
class Between {
    @DistributedTransaction
    void a() {}
}
