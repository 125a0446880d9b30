INSERT INTO per_minute (trades) VALUES (1)
----
ERROR NULL_NOT_ALLOWED: column 'symbol' is NOT NULL and gets no value (line 1, column 24)
HINT add it to the columns
