package shadowing;

class Throwable {}
