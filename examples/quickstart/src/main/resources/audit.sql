-- How much of each order is in effect: 3 is all of it, 0 is nothing.
CREATE VIEW effects AS
SELECT o.id,
       (SELECT COUNT(*) FROM reservations r
         WHERE r.order_id = o.id AND r.undone_at IS NULL AND r.sku = o.sku AND r.quantity = o.quantity)
     + (SELECT COUNT(*) FROM payments p
         WHERE p.order_id = o.id AND p.undone_at IS NULL AND p.customer = o.customer AND p.amount = o.quantity * o.price)
     + (SELECT COUNT(*) FROM shipments s
         WHERE s.order_id = o.id AND s.undone_at IS NULL AND s.sku = o.sku AND s.quantity = o.quantity) AS present
  FROM orders o;

CREATE VIEW audit AS
SELECT (SELECT COUNT(*) FROM orders) AS orders,
       (SELECT COUNT(*) FROM effects WHERE present = 3) AS committed,
       (SELECT COUNT(*) FROM effects WHERE present = 0) AS compensated,
       (SELECT COUNT(*) FROM effects WHERE present NOT IN (0, 3)) AS in_doubt,
       (SELECT COUNT(*) FROM reservations
         WHERE made_at < (SELECT MAX(started_at) FROM workers)
           AND undone_at >= (SELECT MAX(started_at) FROM workers)) AS recovered,
       (SELECT COUNT(*) FROM articles a
         WHERE a.available <> a.initially - (SELECT COALESCE(SUM(r.quantity), 0) FROM reservations r
                                              WHERE r.sku = a.sku AND r.undone_at IS NULL))
     + (SELECT COUNT(*) FROM accounts a
         WHERE a.credit <> a.initially - (SELECT COALESCE(SUM(p.amount), 0) FROM payments p
                                           WHERE p.customer = a.customer AND p.undone_at IS NULL)) AS wrong;
