-- Every word of the day, stop words included: what a term's share is a share of.
SELECT publication, publication_date, sum(frequency)::integer AS total_frequency
FROM fct_daily_term_counts
GROUP BY publication, publication_date
