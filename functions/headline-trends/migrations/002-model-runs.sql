-- One row per run of the growth model; a changed input makes a new run that supersedes the one before.
CREATE SCHEMA IF NOT EXISTS model;

CREATE TABLE model.run (
  model_run_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- digest of everything that decides the result, below
  run_key text NOT NULL UNIQUE,
  publication text NOT NULL,
  min_publication_date date NOT NULL,
  max_publication_date date NOT NULL,
  rules text NOT NULL,
  day_zone text NOT NULL,
  tokeniser text NOT NULL,
  model_version text NOT NULL,
  input_checksum text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  superseded_by integer REFERENCES model.run
);

CREATE TABLE model.output (
  model_run_id integer NOT NULL REFERENCES model.run,
  headline_term text NOT NULL,
  status text NOT NULL,
  coef_intercept double precision,
  coef_time double precision,
  rse_time double precision,
  p_value_time double precision,
  q_value_time double precision,
  PRIMARY KEY (model_run_id, headline_term)
);
