WITH hops AS (
    SELECT auction, unnest(range(5)) AS back, date_time FROM bid),
counts AS (
    SELECT auction, COUNT(*) AS num,
        time_bucket(INTERVAL 2 SECONDS, date_time) - back * INTERVAL 2 SECONDS AS window_start
    FROM hops GROUP BY ALL),
most AS (SELECT MAX(num) AS maxn, window_start FROM counts GROUP BY window_start)
SELECT auction, num FROM counts JOIN most USING (window_start) WHERE num >= maxn
