-- The ten highest bids of each auction; of equal ones the earlier.
SELECT auction, bidder, price, channel, url, date_time, extra, rank_number
FROM (
    SELECT auction, bidder, price, channel, url, date_time, extra,
        ROW_NUMBER() OVER (PARTITION BY auction ORDER BY price DESC, date_time) AS rank_number
    FROM bid) AS Q
WHERE rank_number <= 10
