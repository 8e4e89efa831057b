package codecs;

import io.dtx.RecordedBy;
import java.util.Objects;

@RecordedBy(MoneyCodec.class)
public class Money {

    final long cents;

    Money(long cents) {
        this.cents = cents;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Money money && money.cents == cents;
    }

    @Override
    public int hashCode() {
        return Objects.hash(cents);
    }
}
