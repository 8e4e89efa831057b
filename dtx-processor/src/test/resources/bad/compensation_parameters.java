package bad;

import io.dtx.*;

class Shop {
    @SagaStep(compensate = "more")
    void a(String sku) {}

    void more(
            String sku,
            int quantity) {} //! P021

    @SagaStep(compensate = "differs")
    void b(String sku, int quantity) {}

    void differs(
            String sku,
            Integer quantity) {} //! P022

    @SagaStep(compensate = "swapped")
    void c(String from, String to) {}

    void swapped(
            String to, //! P023
            String from) {} //! P023

    @SagaStep(compensate = "early")
    void d(String sku) {}

    void early(
            StepContext context, //! P024
            String sku) {}

    @SagaStep(compensate = "twice", resource = "r")
    int e(String sku) {
        return 1;
    }

    void twice(
            @StepResult int one,
            @StepResult int two) {} //! P025

    @SagaStep(compensate = "before", resource = "r")
    int f(String sku) {
        return 1;
    }

    void before(
            @StepResult int result, //! P026
            String sku) {}
}
