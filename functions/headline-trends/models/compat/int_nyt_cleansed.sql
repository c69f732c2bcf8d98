-- Words with a digit go; of the others, possessive endings, then whatever is no ASCII letter. What is left may be empty.
SELECT
  headline_id,
  lower(regexp_replace(replace(headline_term, '’s', ''), '[^A-Za-z0-9]', '', 'g')) AS headline_term
FROM int_nyt_unnested
WHERE headline_term !~ '[0-9]'
