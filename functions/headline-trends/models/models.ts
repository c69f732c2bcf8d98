/** By which rules headlines become counts: the original's, or without its mistakes. */
export const rulesNames = ['better', 'compat'] as const;
export type Rules = (typeof rulesNames)[number];

/** The schema that holds the models of these rules: both can stand side by side. */
export function schemaOf(rules: Rules): string {
  return rules === 'better' ? 'dwh' : 'dwh_compat';
}

/** Where a day begins and ends. */
export const dayZones = ['UTC', 'America/New_York'] as const;
export type DayZone = (typeof dayZones)[number];

/** A promise about a model's rows, checked whenever it is built. */
export type ModelTest =
  | { readonly unique: readonly string[] }
  | { readonly notNull: string }
  | { readonly relationship: string; readonly to: { readonly model: string; readonly column: string } };

/** One table or view made from those before it. */
export interface Model {
  /** Also the name of its file: `stg_nyt.sql` in `models/`, or in `models/<rules>/` where the rules differ. */
  readonly name: string;
  readonly as: 'table' | 'view';
  readonly differsByRules?: true;
  readonly tests: readonly ModelTest[];
}

/** Which version of the splitting into words the models do; versions are never mixed in one fit. */
export const tokeniser = 'v1';

/**
 * The models in the order they are built.
 *
 * @see the specification of headline-trends, §4
 */
export function modelsOf(rules: Rules): readonly Model[] {
  return [
    { name: 'stop_word_seed', as: 'view', tests: [{ notNull: 'stop_word' }] },
    {
      name: 'stop_words',
      as: 'table',
      differsByRules: true,
      // by the original's rules two words stand twice
      tests: rules === 'better' ? [{ unique: ['stop_word'] }] : [],
    },
    {
      name: 'stg_nyt',
      as: 'table',
      differsByRules: true,
      tests: [{ unique: ['headline_id'] }, { notNull: 'headline_id' }, { notNull: 'publication_date' }],
    },
    {
      name: 'int_nyt_unnested',
      as: 'view',
      tests: [{ relationship: 'headline_id', to: { model: 'stg_nyt', column: 'headline_id' } }],
    },
    { name: 'int_nyt_cleansed', as: 'view', differsByRules: true, tests: [{ notNull: 'headline_term' }] },
    {
      name: 'fct_daily_term_counts',
      as: 'table',
      tests: [
        { notNull: 'publication_date' },
        { notNull: 'headline_term' },
        ...(rules === 'better' ? [{ unique: ['publication', 'publication_date', 'headline_term'] }] : []),
      ],
    },
    {
      name: 'fct_daily_counts',
      as: 'table',
      tests: [{ unique: ['publication', 'publication_date'] }, { notNull: 'total_frequency' }],
    },
    { name: 'fct_term_counts', as: 'table', tests: [{ unique: ['publication', 'headline_term'] }] },
    {
      name: 'fct_logit_inputs',
      as: 'view',
      tests: [
        { unique: ['publication', 'publication_date', 'headline_term'] },
        { relationship: 'publication_date', to: { model: 'fct_daily_counts', column: 'publication_date' } },
      ],
    },
  ];
}
