package codecs;

import io.dtx.spi.ArgumentCodec;
import io.dtx.spi.ArgumentReader;
import io.dtx.spi.ArgumentWriter;

public class HexCodec implements ArgumentCodec<Integer> {

    @Override
    public void write(ArgumentWriter out, Integer value) {
        out.writeString(Integer.toHexString(value));
    }

    @Override
    public Integer read(ArgumentReader in) {
        return Integer.parseUnsignedInt(in.readString(), 16);
    }
}
