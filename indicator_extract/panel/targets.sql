-- fact, aim, unset → target: one row for each cell that a target is set for, or said not to be.

CREATE TEMP TABLE target AS
WITH
    set_out AS (
        SELECT
            fact.*, form, nullif(commitment, '') AS commitment, better,
            max(ref_area) OVER (PARTITION BY region, time_period) AS area,
            count(*) OVER cell AS stated
        FROM fact JOIN aim USING (record_id)
        WHERE status = 'target'
        WINDOW cell AS (PARTITION BY region, time_period, subject, measure, basis, price_basis, unit)
        -- the latest report that is not yet about the period; what it says first is its target, what follows goes beyond
        QUALIFY row_number() OVER (
            cell ORDER BY
                reported >= regexp_extract(time_period, '([0-9]{4})[^/]*$', 1)::INTEGER, reported DESC,
                source, start, record_id
        ) = 1
    ),
    stated AS (
        FROM set_out
        UNION ALL BY NAME
        SELECT
            *, coalesce(nullif(ref_area_code, ''), ref_area) AS region, indicator_id AS subject, 0 AS stated,
            CASE WHEN measure = 'growth_rate' THEN 'yoy' END AS basis
        FROM unset
        QUALIFY row_number() OVER (PARTITION BY region, time_period, subject, measure ORDER BY source, record_id) = 1
    ),
    result AS (
        SELECT
            stated.record_id AS aimed, fact.value, fact.unit, fact.status, fact.source, fact.record_id, fact.evidence
        FROM stated JOIN fact USING (region, time_period, subject, measure)
        WHERE fact.status <> 'target'
            AND fact.basis IS NOT DISTINCT FROM stated.basis
            AND fact.unit = coalesce(stated.unit, fact.unit)
        QUALIFY row_number() OVER (
            PARTITION BY stated.record_id ORDER BY fact.price_basis IS DISTINCT FROM stated.price_basis, fact.turn
        ) = 1
    ),
    compared AS (
        SELECT
            stated.*,
            result.value AS result, result.status AS result_status, result.source AS result_source,
            result.record_id AS result_record_id, result.evidence AS result_evidence, result.unit AS result_unit,
            result.value - CASE
                WHEN stated.value_high IS NULL OR result.value < stated.value THEN stated.value
                ELSE least(result.value, stated.value_high)
            END AS deviation,
            CASE WHEN better = 'less' OR stated.value < 0 THEN -1 ELSE 1 END AS sign,
            CASE WHEN form = 'about' THEN stated.half * 1.000000001 ELSE 0 END AS leeway
        FROM stated
            LEFT JOIN result ON result.aimed = stated.record_id
    )
SELECT
    * EXCLUDE (ref_area, value, value_high, unit, record_id),
    coalesce(area, ref_area) AS ref_area,
    value AS target,
    value_high AS target_high,
    coalesce(unit, result_unit, '') AS unit,
    CASE WHEN form = 'none' THEN '' ELSE record_id END AS record_id,
    CASE
        WHEN deviation IS NULL THEN NULL
        WHEN form IN ('at_least', 'at_most') AND (result < low OR result > high) THEN 'missed'
        WHEN form IN ('at_least', 'at_most') OR abs(deviation)::DOUBLE <= leeway THEN 'met'
        WHEN deviation * sign > 0 THEN 'exceeded'
        ELSE 'missed'
    END AS outcome
FROM compared;
