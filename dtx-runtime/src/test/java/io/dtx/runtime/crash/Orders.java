package io.dtx.runtime.crash;

import io.dtx.DistributedTransaction;
import io.dtx.TransactionContext;
import io.dtx.TransactionId;
import java.sql.SQLException;

/** The saga: stock, payments, shipping. What happens to an order depends on its number only. */
public class Orders {

    /** Is told of each transaction by the method inside it. */
    interface Began {
        /** The order's transaction has begun. */
        void began(int order, TransactionId id);
    }

    private final StockService stock;
    private final PaymentService payments;
    private final ShippingService shipping;
    private final Began began;

    Orders(StockService stock, PaymentService payments, ShippingService shipping, Began began) {
        this.stock = stock;
        this.payments = payments;
        this.shipping = shipping;
        this.began = began;
    }

    /** Places an order. */
    @DistributedTransaction
    public void place(int order) throws SQLException {
        began.began(order, TransactionContext.current().id());
        long amount = 1L + order % 7;
        stock.reserve(order, amount);
        payments.charge(order, amount);
        shipping.ship(order, amount);
        if (isRegretted(order)) {
            throw new IllegalStateException("changed my mind");
        }
    }

    /** Returns whether the last step of an order fails. */
    static boolean isRefused(int order) {
        return order % 5 == 3;
    }

    /** Returns whether an order fails after its last step. */
    static boolean isRegretted(int order) {
        return order % 5 == 4;
    }

    static long receipt(int order, long amount) {
        return order * 31L + amount;
    }

    /** A compensation gets what its step got and returned. */
    static void requireReceipt(long receipt, int order, long amount) {
        if (receipt != receipt(order, amount)) {
            throw new IllegalArgumentException("order " + order + ": receipt " + receipt + " for amount " + amount);
        }
    }
}
