-- Average selling price by seller: the mean of the last ten auctions of each.
--! no stream: OVER counts rows of what may still change: the winning bid of an auction
--! no flink: OVER over rows that change is not supported
SELECT Q.seller,
    AVG(Q.final) OVER (PARTITION BY Q.seller ORDER BY Q.date_time ROWS BETWEEN 10 PRECEDING AND CURRENT ROW)
FROM (
    SELECT A.seller, B.price AS final, B.date_time,
        ROW_NUMBER() OVER (PARTITION BY A.id, A.seller ORDER BY B.price DESC, B.date_time) AS rownum
    FROM auction AS A, bid AS B
    WHERE A.id = B.auction AND B.date_time BETWEEN A.date_time AND A.expires) AS Q
WHERE Q.rownum <= 1
