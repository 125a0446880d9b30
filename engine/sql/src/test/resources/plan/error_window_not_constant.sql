SELECT * FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ROWTIME), INTERVAL '1' MONTH))
----
ERROR UNSUPPORTED: a window's length must be a constant interval of days to seconds
HINT write it as INTERVAL '10' SECOND; for months and years, GROUP BY FLOOR(time TO MONTH)
