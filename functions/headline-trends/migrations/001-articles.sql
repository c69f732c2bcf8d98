-- What was delivered, one row per article, whichever file it came in; the models never change it.
CREATE SCHEMA IF NOT EXISTS raw;

CREATE TABLE raw.article (
  -- nyt://article/{uuid}, or the address without its query where there is no id
  article_id text PRIMARY KEY,
  headline text,
  publication_date timestamptz NOT NULL,
  byline text,
  news_desk text,
  url text,
  document_type text,
  section_name text,
  type_of_material text,
  word_count integer,
  -- when these very values arrived
  loaded_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX article_publication_date ON raw.article (publication_date);

-- What is known of each month's file, to ask only for what has changed and to refuse windows with a gap.
CREATE TABLE raw.archive_month (
  month text PRIMARY KEY CHECK (month ~ '^\d{4}-\d{2}$'),
  etag text,
  articles integer NOT NULL,
  rejected integer NOT NULL,
  newest_publication_date timestamptz,
  -- from the newest article to the month's end, after filling; null while the month goes on
  gap_seconds integer,
  loaded_at timestamptz NOT NULL DEFAULT now()
);
