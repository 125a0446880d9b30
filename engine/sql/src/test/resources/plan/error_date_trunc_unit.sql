SELECT date_trunc('fortnight', traded) FROM trades
----
ERROR INVALID_STATEMENT: no unit of time named 'fortnight' (line 1, column 8)
HINT use one of MICROSECOND, MILLISECOND, SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, QUARTER, YEAR, DECADE, CENTURY, MILLENNIUM, DOW, ISODOW, DOY, ISOYEAR, EPOCH
