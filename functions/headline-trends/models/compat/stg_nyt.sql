-- One row per address, the newest; those without an address are one group. The check for a headline comes after the
-- ranking, so a newest version without one hides the article.
WITH delivered AS (
  SELECT
    headline,
    publication_date,
    replace(byline, 'By ', '') AS author,
    news_desk,
    url,
    row_number() OVER (PARTITION BY url ORDER BY publication_date DESC, article_id) AS version
  FROM raw.article
)
SELECT
  row_number() OVER (ORDER BY publication_date, url) AS headline_id,
  (publication_date AT TIME ZONE current_setting('models.day_zone'))::date AS publication_date,
  (publication_date AT TIME ZONE 'UTC')::date AS utc_date,
  (publication_date AT TIME ZONE 'America/New_York')::date AS new_york_date,
  coalesce(nullif(author, ''), 'Unknown') AS author,
  coalesce(nullif(news_desk, ''), 'Unknown') AS news_desk,
  headline,
  url
FROM delivered
WHERE version = 1 AND headline IS NOT NULL
