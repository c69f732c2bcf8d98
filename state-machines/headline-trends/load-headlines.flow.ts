import { dailyTermCounts } from '../../functions/headline-trends/daily-term-counts.contract.ts';
import { loadHeadlinesInput } from '../../functions/headline-trends/flow-inputs.contract.ts';
import { defineFlow } from '../../lib/flow/flow.ts';
import { cron } from '../../lib/flow/schedule.ts';

const askNyt = {
  timeoutSeconds: 840,
  memoryMiB: 1_024,
  calls: ['NYT_API_URL'],
  settings: ['NYT_PAUSE_MILLISECONDS'],
  secrets: ['NYT_API_KEY'],
  state: ['nyt-api'],
};
const warehouse = { timeoutSeconds: 840, memoryMiB: 1_024, secrets: ['WAREHOUSE_URL'] };

export const loadHeadlines = defineFlow({
  name: 'load-headlines',
  description: 'Headlines of the New York Times into the warehouse, and how often each word occurs in them each day',
  group: 'headline-trends',
  input: loadHeadlinesInput,
  schedules: [
    cron('0 13 * * ? *', { input: { which: 'current' } }),
    cron('30 13 2 * ? *', { input: { which: 'previous' } }),
  ],
  tasks: {
    PlanMonths: { timeoutSeconds: 110, settings: ['NYT_TO_MONTH'], secrets: ['WAREHOUSE_URL'] },
    FetchMonth: askNyt,
    LoadMonth: warehouse,
    SearchGap: askNyt,
    FillGap: warehouse,
    TransformHeadlines: { ...warehouse, memoryMiB: 3_008 },
    PublishDailyTermCounts: { timeoutSeconds: 840, memoryMiB: 3_008, writes: ['daily_term_counts'] },
  },
  artifacts: [dailyTermCounts],
  // executions share the warehouse; the second of two that are due at once follows the first
  overlap: 'queue',
  maxStalenessHours: 30,
});
