import { describe, expect, it } from 'vitest';
import { binCount } from '../../../../functions/geo-timeseries/grid/tile-message.ts';
import { tileText } from '../../../../functions/geo-timeseries/grid/tile-text.ts';
import { january, row } from '../dataset-rows.ts';
import { runOfRows } from '../run-of-rows.ts';

describe('a readable tile', () => {
  const text = (place: readonly [number, number, number], bins: Readonly<Record<number, readonly number[]>>) => {
    const figures = new Float64Array(binCount * 3);
    const present = new Uint32Array(binCount / 32);
    for (const [bin, values] of Object.entries(bins)) {
      figures.set(values, Number(bin) * 3);
      present[Number(bin) >> 5] = 2 ** (Number(bin) & 31);
    }
    return tileText(place, { figures, present });
  };

  it('says what the message says', () => {
    expect(text([7, 78, 59], { 0: [-0.5, Infinity, 2], 3320: [31, 1e21, 1] })).toMatchInlineSnapshot(`
      "coord {
        x: 78
        y: 59
        z: 7
      }
      bins {
        stats {
          key: 0
          value {
            s_sum_t_sum: -0.5
            s_sum_t_mean: inf
            weight: 2.0
          }
        }
        stats {
          key: 3320
          value {
            s_sum_t_sum: 31.0
            s_sum_t_mean: 1e+21
            weight: 1.0
          }
        }
        totalBins: 4096
      }
      "
    `);
  });

  it('leaves out what is zero, as the message does', () => {
    expect(text([0, 0, 0], { 31: [0, 0, 2] })).toMatchInlineSnapshot(`
      "coord {
      }
      bins {
        stats {
          key: 31
          value {
            weight: 2.0
          }
        }
        totalBins: 4096
      }
      "
    `);
  });
});

describe('the setting WM_DEBUG_TILE', () => {
  const tilesOnly = { selected_output_tasks: ['compute_tiles'], max_precision: 6 };
  const tiles = (period: number) => [`month/F/tiles/${period}-0-0-0`, `year/F/tiles/${period}-0-0-0`];

  it.each([
    { setting: 'true', ending: '.txt' },
    { setting: '1', ending: '.txt' },
    { setting: 'false', ending: '.tile' },
    { setting: '', ending: '.tile' },
  ])("with '$setting' makes tiles that end in $ending", async ({ setting, ending }) => {
    const run = await runOfRows(row(), tilesOnly, { WM_DEBUG_TILE: setting });

    const made = [...run.files.keys()].filter((key) => key.includes('/tiles/'));
    expect(made).toEqual(tiles(january).map((tile) => `${tile}${ending}`));
    expect(run.plan.warnings).toEqual(ending === '.txt' ? [expect.stringContaining('WM_DEBUG_TILE')] : []);
  });

  it('is refused when it is neither', async () => {
    await expect(runOfRows(row(), tilesOnly, { WM_DEBUG_TILE: 'yes' })).rejects.toThrow(
      "setting WM_DEBUG_TILE is 'yes'; write true or false",
    );
  });
});
