package shadowing;

class Integer {}
