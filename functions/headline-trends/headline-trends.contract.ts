import { type ArtifactContract, columns } from '../../lib/contract.ts';

/**
 * Which words grow and which fade: one row per word that occurs often enough, with its growth and how sure that is.
 *
 * @see the specification of headline-trends, §5.7 and §9
 */
export const headlineTrends: ArtifactContract = {
  name: 'headline_trends',
  description: 'Growth of every frequent word of the headlines over some months, ranked, with diagnostics',
  columns: columns({
    publication: 'string',
    as_at: 'date',
    horizon_months: 'int',
    headline_term: 'string',
    status: 'string',
    direction: 'int?',
    rank_growing: 'int?',
    rank_shrinking: 'int?',
    coef_intercept: 'float?',
    coef_time: 'float?',
    rse_time: 'float?',
    p_value_time: 'float?',
    q_value_time: 'float?',
    se_intercept: 'float?',
    se_time: 'float?',
    n_days: 'int',
    days_with_term: 'int',
    successes: 'int',
    trials: 'int',
    deviance: 'float?',
    null_deviance: 'float?',
    dispersion: 'float?',
    adjusted_rse_time: 'float?',
    iterations: 'int?',
    converged: 'bool',
    rules: 'string',
    model_version: 'string',
  }),
  key: { columns: ['publication', 'as_at', 'headline_term'], onDuplicate: 'fail' },
  rules: [
    {
      name: 'what is ranked was fitted well',
      holds: "rank_growing IS NULL AND rank_shrinking IS NULL OR status = 'ok'",
      onFailure: 'fail',
    },
    {
      name: 'growing words grow and shrinking words shrink',
      holds:
        'coalesce(rank_growing IS NULL OR coef_time > 0, false) AND coalesce(rank_shrinking IS NULL OR coef_time < 0, false)',
      onFailure: 'fail',
    },
    {
      name: 'a word is fitted, or there is a reason why not',
      holds: "(coef_time IS NOT NULL) = (status IN ('ok', 'flat'))",
      onFailure: 'fail',
    },
    { name: 'most words can be fitted', holds: "status <> 'rejected'", onFailure: 'fail', toleratedShare: 0.01 },
  ],
  // every window has its own words
  minRowsRatio: 0.2,
};
