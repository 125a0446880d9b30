UPDATE trades SET price = 1
----
ERROR UNSUPPORTED: 'trades' is a stream, whose rows stay as they are: there is no UPDATE for it (line 1, column 8)
HINT keep what changes in a table (CREATE TABLE), or have a materialized view compute it from the stream's rows
