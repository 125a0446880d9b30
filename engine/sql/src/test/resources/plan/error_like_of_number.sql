SELECT price LIKE 'a' FROM trades
----
ERROR TYPE_MISMATCH: DECIMAL(10, 2) stands where VARCHAR is needed (line 1, column 8)
HINT convert it: CAST(price AS VARCHAR)
