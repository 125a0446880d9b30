SELECT B.auction, B.price, B.bidder, B.date_time, B.extra
FROM bid AS B
JOIN (
    SELECT MAX(price) AS maxprice, time_bucket(INTERVAL 10 SECONDS, date_time) + INTERVAL 10 SECONDS AS date_time
    FROM bid
    GROUP BY ALL) AS B1
ON B.price = B1.maxprice
WHERE B.date_time BETWEEN B1.date_time - INTERVAL 10 SECONDS AND B1.date_time
