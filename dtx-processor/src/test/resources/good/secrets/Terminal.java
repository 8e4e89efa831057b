package secrets;

import io.dtx.Sensitive;

public interface Terminal<T> {

    void enter(String customer, @Sensitive T pin);
}
