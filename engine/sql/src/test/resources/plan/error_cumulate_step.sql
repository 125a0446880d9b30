SELECT * FROM TABLE(CUMULATE(TABLE trades, DESCRIPTOR(ROWTIME), INTERVAL '2' DAY, INTERVAL '1' DAY))
----
ERROR INVALID_STATEMENT: cumulating windows of size 86400 s and step 172800 s (line 1, column 21)
HINT give the step first, above zero, and then a size of at least the step
