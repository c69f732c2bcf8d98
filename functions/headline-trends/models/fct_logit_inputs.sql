-- A trial is one word of the day's headlines, not one headline.
SELECT
  terms.publication,
  terms.publication_date,
  terms.headline_term,
  terms.frequency AS successes,
  days.total_frequency - terms.frequency AS failures,
  days.total_frequency AS trials,
  terms.frequency::numeric / days.total_frequency AS p_estimate,
  totals.total_frequency AS headline_term_frequency
FROM fct_daily_term_counts AS terms
JOIN fct_daily_counts AS days USING (publication, publication_date)
JOIN fct_term_counts AS totals USING (publication, headline_term)
WHERE terms.stop_word = 0
