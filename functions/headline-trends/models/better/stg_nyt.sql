-- Articles are one row each already, under an id that stays. Of a byline, one leading `By` goes.
SELECT
  article_id AS headline_id,
  (publication_date AT TIME ZONE current_setting('models.day_zone'))::date AS publication_date,
  (publication_date AT TIME ZONE 'UTC')::date AS utc_date,
  (publication_date AT TIME ZONE 'America/New_York')::date AS new_york_date,
  coalesce(nullif(regexp_replace(byline, '^by ', '', 'i'), ''), 'Unknown') AS author,
  coalesce(nullif(news_desk, ''), 'Unknown') AS news_desk,
  headline,
  url
FROM raw.article
WHERE headline IS NOT NULL
