package bad;

import io.dtx.spi.*;

public class Open implements ArgumentCodec<Thread> {
    @Override
    public void write(ArgumentWriter out, Thread value) {}

    @Override
    public Thread read(ArgumentReader in) {
        return null;
    }
}
