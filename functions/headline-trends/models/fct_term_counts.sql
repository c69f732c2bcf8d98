SELECT publication, headline_term, sum(frequency)::integer AS total_frequency
FROM fct_daily_term_counts
GROUP BY publication, headline_term
