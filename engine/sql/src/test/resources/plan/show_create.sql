SHOW CREATE MATERIALIZED VIEW totals
----
ShowCreate[kind=VIEW, name=totals]
