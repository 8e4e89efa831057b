package bad.base;

public class Base {
    void undo() {}

    final protected void fixed() {}
}
