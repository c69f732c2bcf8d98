-- As the original cleanses, but what is left empty is no word.
WITH cleansed AS (
  SELECT
    headline_id,
    lower(regexp_replace(replace(headline_term, '’s', ''), '[^A-Za-z0-9]', '', 'g')) AS headline_term
  FROM int_nyt_unnested
  WHERE headline_term !~ '[0-9]'
)
SELECT headline_id, headline_term FROM cleansed WHERE headline_term <> ''
