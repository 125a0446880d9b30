-- Windows of the clock: how many bids somebody makes in ten seconds as they are read.
--! no stream: the rows have a time of their own, and windows go by that
--! no duckdb: the answer depends on the clock
SELECT bidder, COUNT(*) AS bid_count, window_start, window_end
FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(APPROXIMATE_ARRIVAL_TIME), INTERVAL '10' SECOND))
GROUP BY bidder, window_start, window_end
