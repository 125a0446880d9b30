SELECT STREAM COUNT(*) FROM trades GROUP BY HOP(ROWTIME + INTERVAL '1' SECOND, INTERVAL '10' SECOND, INTERVAL '1' MINUTE)
----
ERROR UNSUPPORTED: HOP in GROUP BY works where its time and the other keys are columns (line 1, column 45)
HINT write FROM TABLE(HOP(TABLE …, DESCRIPTOR(…), …)) GROUP BY window_start, window_end
