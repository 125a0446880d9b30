-- Side input: each bid with what a small table knows.
SELECT B.auction, B.bidder, B.price, B.date_time, S.label
FROM bid AS B
JOIN side_input AS S ON MOD(B.auction, 10000) = S.id
