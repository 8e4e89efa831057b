package codecs;

import io.dtx.spi.ArgumentCodec;
import io.dtx.spi.ArgumentReader;
import io.dtx.spi.ArgumentWriter;

public class MoneyCodec implements ArgumentCodec<Money> {

    @Override
    public void write(ArgumentWriter out, Money value) {
        out.writeLong(value.cents);
    }

    @Override
    public Money read(ArgumentReader in) {
        return new Money(in.readLong());
    }
}
