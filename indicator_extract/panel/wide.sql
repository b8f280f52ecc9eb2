-- columned (some of cell) → labelled: each cell with the label of its column; wide: a row for each region and period.

CREATE TEMP TABLE labelled AS
WITH called AS (  -- a country's 国内生产总值 is a region's 地区生产总值: a column has the more frequent name
    SELECT subject, name AS called
    FROM columned
    GROUP BY subject, name
    QUALIFY row_number() OVER (PARTITION BY subject ORDER BY count(*) DESC, name) = 1
)
SELECT
    ref_area_code, area AS ref_area, region, time_period, value,
    concat_ws(
        ' ',
        called,
        CASE WHEN indicator_id = '' THEN '*' END,  -- a name outside the lexicon may be the name of one inside it
        measure,
        CASE WHEN basis NOT IN ('yoy', 'annual_average') THEN basis END,
        price_basis,
        CASE WHEN unit <> '' THEN '[' || unit || ']' END
    ) AS label
FROM columned JOIN called USING (subject)
-- two cells may share a label: 年均 and 同比 of one span, say
QUALIFY row_number() OVER (PARTITION BY region, time_period, label ORDER BY turn) = 1;

CREATE TEMP TABLE wide AS
PIVOT labelled ON label USING any_value(value) GROUP BY region, ref_area, ref_area_code, time_period
ORDER BY region, time_period;
