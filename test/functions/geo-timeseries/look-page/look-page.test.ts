import { describe, expect, it } from 'vitest';
import { lookPage } from '../../../../functions/geo-timeseries/look-page/look-page.ts';
import { runFilesIn } from '../../../../functions/geo-timeseries/look-page/run-files.ts';
import { memoryStore } from '../../../support/memory-store.ts';
import { keys, runFiles, sampleRun } from './sample-run.ts';

const dataInfo = {
  num_rows: 1_234_567,
  num_missing_ts: 1,
  num_missing_val: 2,
  num_invalid_ts: 3,
  warnings: ['3 <b> & c'],
};

describe('the page of a run', () => {
  const page = (files: ReadonlyMap<string, string | Uint8Array>, features = ['rain']) =>
    lookPage(runFiles(files), { title: 'm / r', keys, features });

  it('shows the newest period on a map and by region, and the series', async () => {
    const html = await page(sampleRun('rain'));

    expect(html).toContain('Mean of the places in each bin, 2021-06');
    expect(html).toContain('Regions (country), 2021-06');
    expect(html.match(/<figure class="map"/g)).toHaveLength(1);
    expect(html.match(/<figure class="series"/g)).toHaveLength(2);
    expect(html).not.toContain('Old');
  });

  it('tells the mean of the cells of each bin', async () => {
    const html = await page(sampleRun('rain'));
    const [, data = ''] = /json">([^<]*"bins"[^<]*)</.exec(html) ?? [];

    const means = JSON.parse(data).bins.map(([, , mean, cells]: number[]) => [mean, cells]);

    expect(means.sort()).toEqual([
      [20, 2],
      [30, 1],
    ]);
  });

  it('draws the series in the order of time, whatever the order of the file', async () => {
    const [, points = ''] = /"points":(\[.*?\])\}/.exec(await page(sampleRun('rain'))) ?? [];

    expect(JSON.parse(points).map(([, , month, value]: unknown[]) => [month, value])).toEqual([
      ['2021-05', 60],
      ['2021-06', 70],
    ]);
  });

  it('puts the largest regions first, twenty at most', async () => {
    const regions = Array.from({ length: 25 }, (_, index) => `R${index},${index}.0,1.0,1.0,1.0,1`);
    const html = await page(sampleRun('rain', regions));

    const names = [...html.matchAll(/<th scope="row">(\w+)</g)].map(([, name]) => name);

    expect(names).toHaveLength(20);
    expect(names.slice(0, 2)).toEqual(['R24', 'R23']);
    expect(html).toContain('and 5 more');
  });

  it('escapes names and warnings, wherever they come from', async () => {
    const feature = '<img src=x onerror=alert(1)>"';
    const files = sampleRun(feature, ['"A ""x"", </table>__B",1.0,1.0,1.0,1.0,1']);
    files.set(keys.results, JSON.stringify({ data_info: dataInfo }));

    const html = await page(files, [feature]);

    expect(html).not.toContain('<img');
    expect(html).toContain('A &quot;x&quot;, &lt;/table&gt; › B');
    expect(html).toContain('3 &lt;b&gt; &amp; c');
    expect(html).toContain('1,234,567');
  });

  it('refers to nothing outside of itself', async () => {
    const html = await page(sampleRun('rain'));

    expect(html).not.toMatch(/https?:|\b(src|href)=|url\(|@import/);
    expect(html).toContain("default-src 'none'");
  });

  it.each([
    { name: 'map tiles', key: '/tiles/' },
    { name: 'global series', key: '/timeseries/global/' },
    { name: 'regional tables', key: '/aggs/' },
  ])('says so when a run made no $name', async ({ name, key }) => {
    const files = new Map([...sampleRun('rain')].filter(([path]) => !path.includes(key)));

    expect(await page(files)).toContain(`this run made no ${name}`);
  });

  it('leaves the period of rows without a time aside when it lies decades from the others', async () => {
    const files = sampleRun('rain');
    const series = keys.globalSeries({ resolution: 'month', feature: 'rain' });
    files.set(series, `${files.get(series)}0,1234.5600001,5.0,5.0,5.0,1\n`);

    expect(await page(files)).toContain('not drawn: 1970-01 (1.23K), far from all others');
  });

  it('shows four features and counts the others', async () => {
    const features = ['a', 'b', 'c', 'd', 'e', 'f'];

    const html = await page(new Map(), features);

    expect(html.match(/<section>/g)).toHaveLength(4);
    expect(html).toContain('and 2 more features');
    expect(html).toContain('this run has no results.json');
  });

  it('reads the files of a run that lie below a prefix of a store', async () => {
    const store = memoryStore();
    for (const [key, body] of sampleRun('rain')) await store.write(`runs/1/files/${key}`, body);
    const files = runFilesIn(store, 'runs/1/files');

    const fromStore = await lookPage(files, { title: 'm / r', keys, features: ['rain'] });

    expect(fromStore).toBe(await page(sampleRun('rain')));
    expect(await files.read('nothing')).toBeUndefined();
  });
});
