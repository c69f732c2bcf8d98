SELECT DISTINCT btrim(stop_word, E' \t') AS stop_word FROM stop_word_seed
