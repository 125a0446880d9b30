CREATE STREAM s (a INTEGER, WATERMARK FOR a AS a)
----
ERROR TYPE_MISMATCH: column 'a' of the WATERMARK is INTEGER (line 1, column 43)
HINT declare it as TIMESTAMP
