-- fact → cell: for each key the fact that comes first; rival: every fact of a cell, with whether it disagrees.

CREATE TEMP TABLE rival AS
WITH
    keyed AS (
        SELECT
            *,
            first_value(struct_pack(status, low, high, half, value, bound, record_id)) OVER cell AS best,
            max(ref_area) OVER (PARTITION BY region, time_period) AS area,
            first_value(indicator) OVER (PARTITION BY region, subject ORDER BY turn) AS name
        FROM fact
        WINDOW cell AS (
            PARTITION BY region, time_period, subject, measure, basis, price_basis, unit ORDER BY turn
        )
    )
SELECT
    *,
    record_id = best.record_id AS preferred,
    status = best.status AND bound <> 'approx' AND best.bound <> 'approx' AND (
        greatest(coalesce(low - best.high, 0), coalesce(best.low - high, 0))::DOUBLE
        > greatest(half, best.half) * 1.000000001
    ) AS disagrees
FROM keyed;

CREATE TEMP TABLE cell AS
SELECT
    rival.*,
    count(DISTINCT document) OVER cell AS sources,
    count(*) OVER cell AS records,
    count(*) FILTER (disagrees) OVER cell AS disagreeing
FROM rival
WINDOW cell AS (PARTITION BY region, time_period, subject, measure, basis, price_basis, unit)
QUALIFY preferred;
