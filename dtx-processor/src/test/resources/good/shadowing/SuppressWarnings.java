package shadowing;

@interface SuppressWarnings {}
