import { verbs } from '../../lib/cli/verbs.ts';
import type { ArtifactContract } from '../../lib/contract.ts';
import { supported } from '../../lib/engine/supported.ts';
import type { Flow } from '../../lib/flow/flow.ts';
import * as flowList from '../../state-machines/index.ts';

/** The tables of the README that are made from the code, by the name in their `<!-- table: … -->` mark. */
export const readmeTables: Readonly<Record<string, () => string>> = {
  flows: () =>
    markdownTable(
      ['Flow', 'Group', 'What it does', 'When (cron)', 'Publishes'],
      flows().map((flow) => [
        `\`${flow.name}\``,
        flow.group,
        flow.description,
        [
          ...flow.schedules.map(({ cron, timeZone }) => `\`${cron}\` ${timeZone}`),
          ...flow.startsOn.map((artifact) => `after \`${artifact}\``),
        ].join(', ') || 'by hand, or from another flow',
        flow.artifacts.map(({ name }) => `\`${name}\``).join(', ') || '–',
      ]),
    ),
  artifacts: () =>
    markdownTable(
      ['Artifact', 'What it holds', 'Columns', 'Key', 'Rules'],
      contracts().map((contract) => [
        `\`${contract.name}\``,
        contract.description,
        String(contract.columns.length),
        contract.key ? `\`${contract.key.columns.join(', ')}\`` : '–',
        contract.rules.map(({ name }) => name).join('; ') || '–',
      ]),
    ),
  commands: () =>
    markdownTable(
      ['Command', 'Does'],
      verbs.map((verb) => [`\`flow ${verb.name}\``, verb.summary]),
    ),
  engine: () =>
    markdownTable(
      ['What', 'How far'],
      supported().map(({ what, extent }) => [what, extent.join(', ')]),
    ),
};

/** Every flow there is, by group and name. */
export function flows(): Flow[] {
  return Object.values(flowList).sort((a, b) => a.group.localeCompare(b.group) || a.name.localeCompare(b.name));
}

/** The README with every table between its marks as it is made from the code now. */
export function withTables(readme: string): string {
  return readme.replaceAll(
    /(<!-- table: ([a-z-]+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, start: string, name: string, end: string) => {
      const table = readmeTables[name];
      if (!table)
        throw new Error(`README.md asks for a table '${name}'; there are ${Object.keys(readmeTables).join(', ')}`);
      return `${start}${table()}\n${end}`;
    },
  );
}

function contracts(): ArtifactContract[] {
  return [...new Map(flows().flatMap((flow) => flow.artifacts.map((contract) => [contract.name, contract]))).values()];
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
