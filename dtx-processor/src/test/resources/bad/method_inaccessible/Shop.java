package bad;

import bad.base.Base;

class Shop extends Base { //! P051
}
