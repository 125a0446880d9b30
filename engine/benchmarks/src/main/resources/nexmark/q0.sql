-- Pass through: what reading and handing on costs.
SELECT auction, bidder, price, date_time, extra
FROM bid
