import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadCases } from './case.ts';
import { judge, type Verdict } from './judge.ts';
import { reportLines } from './report.ts';

const usage = 'usage: npm run conformance -- <folder or file> [--group G] [--json FILE] [--update]';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { group: { type: 'string' }, json: { type: 'string' }, update: { type: 'boolean' } },
});
const [path] = positionals;
if (path === undefined) {
  console.error(usage);
  process.exit(2);
}

const cases = loadCases(path).filter(({ group }) => values.group === undefined || group === values.group);
const verdicts: Verdict[] = [];
for (const recorded of cases) verdicts.push(await judge(recorded));

if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(verdicts, null, 2)}\n`);
for (const line of reportLines(verdicts)) console.log(line);
process.exitCode = checkAgainstPassing(verdicts) ? 0 : 1;

/** Cases that once passed must go on passing; `--update` writes down the ones that pass now. */
function checkAgainstPassing(found: readonly Verdict[]): boolean {
  const file = new URL('passing.json', import.meta.url);
  const known: string[] = JSON.parse(readFileSync(file, 'utf8'));
  const passing = new Set(found.filter(({ problems }) => problems.length === 0).map(({ id }) => id));
  if (values.update) {
    const judged = new Set(found.map(({ id }) => id));
    const ids = [...known.filter((id) => !judged.has(id)), ...passing].sort();
    writeFileSync(file, `${JSON.stringify(ids, null, 1)}\n`);
    return true;
  }
  const broken = found.filter(({ id, problems }) => problems.length > 0 && known.includes(id));
  for (const { id } of broken) console.error(`no longer passes: ${id}`);
  return broken.length === 0;
}
