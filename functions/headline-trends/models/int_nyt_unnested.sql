-- Every blank splits, so two in a row give an empty word; no other white space does.
SELECT headline_id, unnest(string_to_array(headline, ' ')) AS headline_term FROM stg_nyt
