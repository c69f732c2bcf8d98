import { backfillHeadlinesInput } from '../../functions/headline-trends/flow-inputs.contract.ts';
import { defineFlow } from '../../lib/flow/flow.ts';

export const backfillHeadlines = defineFlow({
  name: 'backfill-headlines',
  description:
    'Headlines of many months into the warehouse, over as many days as the source wants; dryRun says how many',
  group: 'headline-trends',
  input: backfillHeadlinesInput,
  tasks: {
    PlanBackfill: {
      timeoutSeconds: 110,
      settings: ['NYT_FROM_MONTH', 'NYT_TO_MONTH', 'NYT_PAUSE_MILLISECONDS'],
      secrets: ['WAREHOUSE_URL'],
      state: ['nyt-api'],
    },
  },
  overlap: 'queue',
});
