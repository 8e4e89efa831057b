package late;

class Heir extends Base {}
