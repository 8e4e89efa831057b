package bad;

import io.dtx.*;
import java.util.Iterator;

interface Port {
    void book();

    default void move() {
        book();
        book();
    }

    static void help() {}
}

interface Wide extends Port {
    default void look() {}
}

@DistributedTransaction(mode = TransactionMode.ATOMIC) //! P079
class Transfers implements Port {
    @Override
    public void book() {}
}

@DistributedTransaction //! P079
abstract class ByParent extends Parent {
    public void other() {}
}

class Parent implements Wide {
    @Override
    public void book() {}

    @Override
    public void move() {}
}

class Heir extends ByParent {}

@DistributedTransaction
class Overriding implements Port {
    @Override
    public void book() {}

    @Override
    public void move() {
        Port.super.move();
    }
}

class Mover {
    public void move() {}
}

@DistributedTransaction
class Inheriting extends Mover implements Port {
    @Override
    public void book() {}
}

@DistributedTransaction
class OfJdk implements Iterator<String> {
    @Override
    public boolean hasNext() {
        return false;
    }

    @Override
    public String next() {
        return "";
    }
}

class ByMethod implements Port {
    @Override
    @DistributedTransaction
    public void book() {}
}
