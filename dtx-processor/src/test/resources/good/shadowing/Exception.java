package shadowing;

class Exception {}
