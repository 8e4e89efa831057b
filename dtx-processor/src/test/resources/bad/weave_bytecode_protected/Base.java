package base;

public class Base {
    protected void undo() {}
}
