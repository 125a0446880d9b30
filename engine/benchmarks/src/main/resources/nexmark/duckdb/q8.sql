SELECT P.id, P.name, P.window_start
FROM (SELECT DISTINCT id, name, time_bucket(INTERVAL 10 SECONDS, date_time) AS window_start FROM person) AS P
JOIN (SELECT DISTINCT seller, time_bucket(INTERVAL 10 SECONDS, date_time) AS window_start FROM auction) AS A
ON P.id = A.seller AND P.window_start = A.window_start
