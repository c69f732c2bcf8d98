import { expect, it } from 'vitest';
import { planMonths } from '../../../../functions/headline-trends/load-headlines/plan-months.ts';
import { openHeadlineWarehouse } from '../../../../functions/headline-trends/warehouse.ts';
import { fixedSource } from '../../../../lib/secret/fixed-source.ts';
import { taskHandler } from '../../../../lib/task/task-handler.ts';
import { taskPayload, testWorld } from '../../../support/test-world.ts';
import { emptyWarehouse, noWaiting } from '../../../warehouse/a-warehouse.ts';

it('plans each month with the ETag of the file that it was loaded from, so that only what has changed is fetched', async () => {
  await using place = await emptyWarehouse();
  const secrets = fixedSource({ WAREHOUSE_URL: place.url });
  await using warehouse = await openHeadlineWarehouse({ ...noWaiting, secrets });
  await warehouse.query(`INSERT INTO raw.archive_month (month, etag, articles, rejected)
    VALUES ('2024-02', '"feb"', 1, 0), ('2024-03', NULL, 1, 0), ('2023-12', '"dec"', 1, 0)`);

  const plan = await taskHandler(
    planMonths,
    testWorld({ secrets }),
  )(taskPayload({ fromMonth: '2024-01', toMonth: '2024-03' }));

  expect(plan).toMatchObject({
    months: [
      { month: '2024-01', etag: null },
      { month: '2024-02', etag: '"feb"' },
      { month: '2024-03', etag: null },
    ],
  });
});
