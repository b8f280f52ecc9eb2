-- records, wanted → fact: one row for each record that can stand in a table, with its key and what decides between rows.

CREATE TEMP TABLE document AS  -- the year a document is about: the one most of its actual values are of
WITH
    dated AS (
        SELECT regexp_replace(source, '#[^#]*![A-Z]+[0-9]+$', '') AS document, left(time_period, 4)::INTEGER AS year, status
        FROM records
        WHERE time_period NOT LIKE '%/%'
    )
SELECT document, year AS reported
FROM dated
GROUP BY document, year
QUALIFY row_number() OVER (
    PARTITION BY document ORDER BY count(*) FILTER (status = 'actual') DESC, count(*) DESC, year DESC
) = 1;

CREATE TEMP TABLE fact AS
WITH
    once AS (  -- the same text read from two files has the same ids
        SELECT *, regexp_replace(source, '#[^#]*![A-Z]+[0-9]+$', '') AS document
        FROM records
        QUALIFY row_number() OVER (PARTITION BY record_id ORDER BY source) = 1
    ),
    shown AS (
        SELECT
            once.* EXCLUDE (time_period, basis, value, value_high, unit),
            coalesce(nullif(ref_area_code, ''), ref_area) AS region,
            coalesce(nullif(indicator_id, ''), indicator) AS subject,
            CASE
                WHEN regexp_full_match(time_period, '[0-9]{4}-12-31') THEN left(time_period, 4)
                WHEN regexp_full_match(time_period, '[0-9]{4}-01/[0-9]{4}-12') AND left(time_period, 4) = time_period[9:12]
                    THEN left(time_period, 4)
                ELSE time_period
            END AS time_period,
            CASE WHEN basis = 'unstated' AND measure IN ('growth_rate', 'change') THEN 'yoy' ELSE basis END AS basis,
            coalesce(base_value, value) AS value,
            CASE WHEN base_value IS NULL THEN value_high ELSE base_value_high END AS value_high,
            CASE WHEN base_value IS NULL THEN unit ELSE base_unit END AS unit,
            value AS printed_value,
            TRY_CAST(replace(regexp_extract(value_text, '[0-9][0-9,]*([.][0-9]+)?'), ',', '') AS DOUBLE) AS printed
        FROM once SEMI JOIN wanted USING (record_id)
        WHERE value IS NOT NULL AND time_period IS NOT NULL
    )
SELECT
    shown.* EXCLUDE (printed_value, printed),
    document.reported,
    -- half a step of the last digit printed, in the unit shown: 198.5亿元 may be 198.45 to 198.55
    coalesce(abs(value::DOUBLE) / nullif(printed, 0) * 0.5 * pow(10, -decimals), 0) AS half,
    -- a bound on a decline is about its size, so a lower bound is then an upper one
    CASE WHEN bound = 'at_most' AND value >= 0 OR bound = 'at_least' AND value < 0 THEN NULL ELSE value END AS low,
    CASE
        WHEN bound = 'at_least' AND value >= 0 OR bound = 'at_most' AND value < 0 THEN NULL
        ELSE coalesce(value_high, value)
    END AS high,
    -- the order of preference: a struct compares field by field
    {
        'status': list_position(['actual', 'estimate', 'target'], status),
        'reported': -coalesce(document.reported, 0),
        'bound': CASE WHEN bound = 'exact' AND value_high IS NULL THEN 0 WHEN bound = 'exact' THEN 1 ELSE 2 END,
        'period': CASE WHEN period_source = 'explicit' THEN 0 ELSE 1 END,
        'half': half,
        'source': source,
        'start': start,
        'id': record_id
    } AS turn
FROM shown LEFT JOIN document USING (document)
WHERE region <> '';
