SELECT COUNT(*) FROM trades GROUP BY COUNT(*)
----
ERROR INVALID_STATEMENT: aggregate expression is illegal in GROUP BY clause (line 1, column 38)
