import { fitHeadlineGrowthInput } from '../../functions/headline-trends/flow-inputs.contract.ts';
import { headlineTrendSeries } from '../../functions/headline-trends/headline-trend-series.contract.ts';
import { headlineTrends } from '../../functions/headline-trends/headline-trends.contract.ts';
import { defineFlow } from '../../lib/flow/flow.ts';
import { cron } from '../../lib/flow/schedule.ts';

const publish = { timeoutSeconds: 840, memoryMiB: 3_008 };

export const fitHeadlineGrowth = defineFlow({
  name: 'fit-headline-growth',
  description: 'Which words of the headlines grow and which fade over some months, with how sure that is',
  group: 'headline-trends',
  input: fitHeadlineGrowthInput,
  schedules: [cron('0 15 2 * ? *')],
  startsOn: ['daily_term_counts'],
  tasks: {
    SelectWindow: { timeoutSeconds: 110, settings: ['NYT_TO_MONTH'], secrets: ['WAREHOUSE_URL'] },
    FitTerms: { timeoutSeconds: 840, memoryMiB: 1_769, secrets: ['WAREHOUSE_URL'] },
    PublishHeadlineTrends: { ...publish, writes: ['headline_trends'] },
    PublishHeadlineTrendSeries: { ...publish, writes: ['headline_trend_series'] },
    DrawCharts: { timeoutSeconds: 280, memoryMiB: 1_769, writes: ['headline_trends'] },
  },
  artifacts: [headlineTrends, headlineTrendSeries],
});
