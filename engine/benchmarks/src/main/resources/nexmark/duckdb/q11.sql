WITH marked AS (
    SELECT bidder, date_time,
        CASE WHEN date_time - LAG(date_time) OVER (PARTITION BY bidder ORDER BY date_time) < INTERVAL 10 SECONDS
            THEN 0 ELSE 1 END AS begins
    FROM bid),
numbered AS (
    SELECT bidder, date_time,
        SUM(begins) OVER (PARTITION BY bidder ORDER BY date_time ROWS UNBOUNDED PRECEDING) AS session
    FROM marked)
SELECT bidder, COUNT(*) AS bid_count, MIN(date_time) AS window_start,
    MAX(date_time) + INTERVAL 10 SECONDS AS window_end
FROM numbered
GROUP BY bidder, session
