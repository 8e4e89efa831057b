package base;

/** Opens a class to other packages. */
public abstract class Open extends Hidden {}
