package shadowing;

class String {}
