package shadowing;

@interface Override {}
