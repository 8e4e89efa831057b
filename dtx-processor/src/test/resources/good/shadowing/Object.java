package shadowing;

class Object {}
