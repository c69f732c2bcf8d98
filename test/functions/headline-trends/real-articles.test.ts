import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readArticle } from '../../../functions/headline-trends/article.ts';
import { buildModels } from '../../../functions/headline-trends/models/build-models.ts';
import { rulesNames, schemaOf } from '../../../functions/headline-trends/models/models.ts';
import { articleTable, openHeadlineWarehouse } from '../../../functions/headline-trends/warehouse.ts';
import { fixedSource } from '../../../lib/secret/fixed-source.ts';
import { emptyWarehouse, noWaiting } from '../../warehouse/a-warehouse.ts';
import { dataFolder, hasData } from './expected-trends.ts';

/** File, position of the article in it, and its words, §10.2. */
const known = [
  ['archive_2024_10_5docs.json', 2, 'corrections oct'],
  ['archive_2024_09_5docs.json', 0, 'help im older and on the job hunt'],
  ['archive_2024_10_5docs.json', 4, 'rancher gets months in prison for scheme to create giant sheep hybrid'],
  ['article_search_2024_10docs.json', 0, 'jimmy carter life in objects'],
] as const;

describe.skipIf(!hasData)('real articles, §10.2', () => {
  it('become the words that are known, by both rules', async () => {
    await using place = await emptyWarehouse();
    const secrets = fixedSource({ WAREHOUSE_URL: place.url });
    await using warehouse = await openHeadlineWarehouse({ ...noWaiting, secrets });
    const rowsOf = (file: string) => {
      const { response } = JSON.parse(readFileSync(join(dataFolder, 'archive-api', file), 'utf8'));
      return response.docs.map((doc: unknown) => {
        const read = readArticle(doc);
        return 'row' in read ? read.row : undefined;
      });
    };
    const october = rowsOf('archive_2024_10_5docs.json');
    const files = [...new Set(known.map(([file]) => file))];
    await warehouse.tx((session) => session.bulkUpsert(articleTable, files.flatMap(rowsOf)));

    for (const rules of rulesNames) {
      await buildModels(warehouse, { rules, dayZone: 'UTC' });
      const words = async (url: string) => {
        const rows = await warehouse.query(
          `SELECT headline_term FROM ${schemaOf(rules)}.int_nyt_cleansed JOIN ${schemaOf(rules)}.stg_nyt USING (headline_id) WHERE url = $1`,
          [url],
        );
        return rows.map(({ headline_term }) => headline_term);
      };
      const inOctober = await Promise.all(october.map(({ url }: { url: string }) => words(url)));

      for (const [file, position, expected] of known) {
        expect((await words(rowsOf(file)[position].url)).join(' ')).toBe(expected);
      }
      expect(inOctober.map((each) => each.length)).toEqual([8, 10, 2, 12, 12]);
    }

    const days = await warehouse.query(
      `SELECT DISTINCT publication_date FROM dwh.stg_nyt WHERE url = ANY (ARRAY[${october.map(({ url }: { url: string }) => `'${url}'`)}])`,
    );
    expect(days).toEqual([{ publication_date: '2024-10-01' }]);
    expect(october.map(({ byline }: { byline: string | null }) => byline === null)).toEqual([
      ...[false, false, true, false, false],
    ]);
  });
});
