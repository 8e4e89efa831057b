package bad;

import io.dtx.*;

class Shop {
    @SagaStep(compensate = "hidden")
    void a() {}

    private void hidden() {} //! P013

    @SagaStep(compensate = "shared")
    void b() {}

    static void shared() {} //! P014

    @SagaStep(compensate = "fixed")
    void c() {}

    final void fixed() {} //! P015

    @SagaStep(compensate = "answers")
    void d() {}

    int answers() { //! P017
        return 1;
    }

    @SagaStep(compensate = "generic")
    void e() {}

    <T> void generic() {} //! P018

    @SagaStep(compensate = "f")
    void f() {} //! P019

    @SagaStep(compensate = "begins")
    void g() {}

    @DistributedTransaction
    void begins() {} //! P020
}
