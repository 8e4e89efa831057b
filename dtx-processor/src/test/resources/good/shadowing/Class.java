package shadowing;

class Class {}
