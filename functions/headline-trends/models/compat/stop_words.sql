-- As delivered: what stands twice counts twice, and what has a tab behind it matches nothing.
SELECT stop_word FROM stop_word_seed
