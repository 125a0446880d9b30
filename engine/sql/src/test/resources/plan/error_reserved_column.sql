CREATE STREAM s (a INTEGER, rowtime TIMESTAMP)
----
ERROR INVALID_STATEMENT: column name 'rowtime' is taken: every stream has one (line 1, column 29)
HINT leave the column out, or call it otherwise; WATERMARK FOR says which column is the time
