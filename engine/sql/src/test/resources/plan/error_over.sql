SELECT STREAM symbol, SUM(quantity) OVER (PARTITION BY symbol ORDER BY ROWTIME) FROM trades
----
ERROR UNSUPPORTED: OVER is not supported yet (line 1, column 23)
HINT group by a window instead: GROUP BY window_start, window_end over TUMBLE or HOP
