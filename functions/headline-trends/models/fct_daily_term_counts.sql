-- Only pairs of day and term that occur. A stop word that is listed twice gives two rows.
WITH counted AS (
  SELECT 'NYT' AS publication, publication_date, headline_term, count(*)::integer AS frequency
  FROM int_nyt_cleansed
  JOIN stg_nyt USING (headline_id)
  GROUP BY publication_date, headline_term
)
SELECT
  publication,
  publication_date,
  headline_term,
  (stop_words.stop_word IS NOT NULL)::integer AS stop_word,
  frequency
FROM counted
LEFT JOIN stop_words ON stop_words.stop_word = headline_term
