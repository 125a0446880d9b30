-- Bids with who made them and what they sell themselves: a join of three streams.
SELECT B.bidder, B.price, B.channel, B.url, B.extra AS bid_extra,
    P.id AS person_id, P.name, P.email_address, P.credit_card, P.city, P.state, P.extra AS person_extra,
    A.item_name, A.description, A.initial_bid, A.reserve, A.date_time AS auction_date_time, A.expires, A.seller,
    A.category, A.extra AS auction_extra
FROM bid AS B
JOIN person AS P ON P.id = B.bidder
JOIN auction AS A ON A.seller = B.bidder
