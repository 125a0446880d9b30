INSERT INTO trades (symbol, price, traded) VALUES (?, ?, ?)
----
parameters [VARCHAR, DECIMAL(10, 2), TIMESTAMP(6)]
insert into trades [0, 1, 3]
bounded
Values values-70a349bf
    ($1, $2, $3)
    row (symbol VARCHAR, price DECIMAL(10, 2), traded TIMESTAMP(6))
