import * as z from 'zod';
import type { OutputKeys } from '../output-keys.ts';
import { featureSection } from './feature-section.ts';
import { escapeHtml } from './html.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';
import { type RunFiles, readText } from './run-files.ts';

/** A page that is to be made. */
export interface LookPageOptions {
  readonly title: string;
  readonly keys: OutputKeys;
  readonly features: readonly string[];
  /** Zoom of the finest bins of the tiles. @default 14 */
  readonly maxPrecision?: number | undefined;
}

const mostFeatures = 4;

const results = z.object({
  data_info: z.looseObject({
    num_rows: z.number(),
    num_missing_ts: z.number(),
    num_missing_val: z.number(),
    num_invalid_ts: z.number(),
    num_dropped_no_coordinates: z.number().optional(),
    warnings: z.array(z.string()).default([]),
  }),
});

/**
 * A page that shows what a run has made: for up to four features the newest period on a map and by region, and the
 * global series.
 *
 * Everything on it is read from the run's own files, so what it shows is what readers get. One HTML document without
 * references to anything else; groups of outputs that the run did not make are left out with a sentence.
 */
export async function lookPage(
  files: RunFiles,
  { title, keys, features, maxPrecision }: LookPageOptions,
): Promise<string> {
  const shown = features.slice(0, mostFeatures);
  const sections: string[] = [];
  for (const feature of shown) sections.push(await featureSection(files, { feature, keys, maxPrecision }));
  const left = features.length - shown.length;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header><h1>${escapeHtml(title)}</h1>${await factsOf(files, keys)}</header>
<main>${sections.join('\n')}${left > 0 ? `<p class="note">and ${left} more features</p>` : ''}</main>
<footer>Drawn from the files of the run: tiles, global.csv, default.csv, results.json.</footer>
<script>${pageScript}</script>
</body>
</html>
`;
}

async function factsOf(files: RunFiles, keys: OutputKeys): Promise<string> {
  const text = await readText(files, keys.results);
  if (text === undefined) return '<p>this run has no results.json</p>';
  const { data_info: info } = results.parse(JSON.parse(text));
  const facts: readonly [string, number | undefined][] = [
    ['rows', info.num_rows],
    ['without timestamp', info.num_missing_ts],
    ['invalid timestamps', info.num_invalid_ts],
    ['without value', info.num_missing_val],
    ['without coordinates', info.num_dropped_no_coordinates],
  ];
  const items = facts.flatMap(([name, count]) =>
    count === undefined ? [] : [`<div><dt>${name}</dt><dd>${count.toLocaleString('en')}</dd></div>`],
  );
  const warnings = info.warnings.map((warning) => `<li>${escapeHtml(warning)}</li>`);
  return `<dl>${items.join('')}</dl>${warnings.length > 0 ? `<ul class="warnings">${warnings.join('')}</ul>` : ''}`;
}
