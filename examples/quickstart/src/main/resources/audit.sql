-- How much of each order is in effect: 3 is all of it, 0 is nothing.
CREATE VIEW effects AS
SELECT o.id,
       (SELECT COUNT(*) FROM stock.reservations r
         WHERE r.order_id = o.id AND r.undone_at IS NULL AND r.sku = o.sku AND r.quantity = o.quantity)
     + (SELECT COUNT(*) FROM payments.payments p
         WHERE p.order_id = o.id AND p.undone_at IS NULL AND p.customer = o.customer AND p.amount = o.quantity * o.price)
     + (SELECT COUNT(*) FROM shipments.shipments s
         WHERE s.order_id = o.id AND s.undone_at IS NULL AND s.sku = o.sku AND s.quantity = o.quantity) AS present
  FROM stock.orders o;

-- recovered: begun by a worker that died, and taken back by its successor.
-- wrong: articles and customers whose balance does not fit the orders.
CREATE TABLE counts AS
SELECT (SELECT COUNT(*) FROM stock.orders) AS orders,
       (SELECT COUNT(*) FROM effects WHERE present = 3) AS committed,
       (SELECT COUNT(*) FROM effects WHERE present = 0) AS compensated,
       (SELECT COUNT(*) FROM effects WHERE present NOT IN (0, 3)) AS in_doubt,
       (SELECT COUNT(*) FROM stock.reservations
         WHERE made_at < (SELECT MAX(started_at) FROM stock.workers)
           AND undone_at >= (SELECT MAX(started_at) FROM stock.workers)) AS recovered,
       (SELECT COUNT(*) FROM stock.articles a
         WHERE a.available <> a.opening - (SELECT COALESCE(SUM(r.quantity), 0) FROM stock.reservations r
                                             WHERE r.sku = a.sku AND r.undone_at IS NULL))
     + (SELECT COUNT(*) FROM payments.accounts a
         WHERE a.credit <> a.opening - (SELECT COALESCE(SUM(p.amount), 0) FROM payments.payments p
                                          WHERE p.customer = a.customer AND p.undone_at IS NULL)) AS wrong,
       CAST(@parked AS INTEGER) AS parked;

CREATE VIEW audit AS
SELECT counts.*,
       committed + compensated = orders AND in_doubt = 0 AND wrong = 0 AND parked = 0 AS consistent
  FROM counts;

CREATE VIEW report AS
SELECT '' FROM audit
UNION ALL SELECT LPAD(orders, 6) || ' orders' FROM audit
UNION ALL SELECT LPAD(committed, 6) || ' committed:   reserved, charged and shipped' FROM audit
UNION ALL SELECT LPAD(compensated, 6) || ' compensated: nothing left in any database' FROM audit
UNION ALL SELECT LPAD(in_doubt, 6) || ' in doubt:    in some databases only' FROM audit
UNION ALL SELECT LPAD(parked, 6) || ' parked:      waiting for an operator' FROM audit
UNION ALL SELECT LPAD(recovered, 6) || ' recovered:   begun by the killed worker, taken back by its successor' FROM audit
UNION ALL SELECT LPAD(wrong, 6) || ' wrong:       balances of articles and customers that do not fit the orders' FROM audit
UNION ALL SELECT '' FROM audit
UNION ALL SELECT 'RESULT consistent=' || LOWER(consistent) || ' orders=' || orders || ' committed=' || committed
              || ' compensated=' || compensated || ' parked=' || parked || ' in-doubt=' || in_doubt
              || ' recovered=' || recovered FROM audit;
