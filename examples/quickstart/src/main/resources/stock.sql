CREATE TABLE orders (
    id       BIGINT PRIMARY KEY,
    customer VARCHAR(200) NOT NULL,
    sku      VARCHAR(200) NOT NULL,
    quantity INTEGER NOT NULL,
    price    DECIMAL(12, 2) NOT NULL
);

CREATE TABLE articles (
    sku       VARCHAR(200) PRIMARY KEY,
    opening   INTEGER NOT NULL,
    available INTEGER NOT NULL CHECK (available >= 0)
);

CREATE TABLE reservations (
    order_id  BIGINT PRIMARY KEY,
    sku       VARCHAR(200) NOT NULL,
    quantity  INTEGER NOT NULL,
    made_at   TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    undone_at TIMESTAMP WITH TIME ZONE
);

CREATE TABLE workers (
    started_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP
);
