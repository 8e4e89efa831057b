package secrets;

import io.dtx.Sensitive;

public sealed interface Card {

    record Plastic(@Sensitive String number, int year) implements Card {}

    record Voucher(String code) implements Card {}

    /** Contains itself. */
    record Wallet<T>(T first, Wallet<T> rest) {}
}
