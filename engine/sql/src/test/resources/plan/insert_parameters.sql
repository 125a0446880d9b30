INSERT INTO trades (symbol, price, traded) VALUES (?, ?, ?)
----
parameters [VARCHAR, DECIMAL(10, 2), TIMESTAMP(6)]
insert into trades [0, 1, 3]
bounded
Values values-2d1b4959
    (NOT_NULL($1, 'NULL for column ''symbol'', which is NOT NULL'), $2, $3)
    row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), traded TIMESTAMP(6))
