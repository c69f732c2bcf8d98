import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { environments } from '../../lib/environment.ts';
import { checkFlow } from '../../lib/flow/check-flow.ts';
import { aslPath, taskPath } from '../../lib/flow/task-path.ts';
import { root, sourceFiles } from '../support/source-files.ts';
import { flows, withTables } from './readme-tables.ts';

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const readFile = (file: string) => (existsSync(path.join(root, file)) ? read(file) : undefined);
const project = { flowNames: flows().map(({ name }) => name), readFile };

describe('flows', () => {
  it.each(flows())('$name has references that lead to files, and no task that nothing calls', (flow) => {
    expect(checkFlow({ flow, aslText: read(aslPath(flow)) }, project)).toEqual([]);
  });

  it('has a flow for every state machine and every manifest', () => {
    const files = globSync('state-machines/*/*.{asl.json,flow.ts}', { cwd: root }).sort();
    const expected = flows().flatMap((flow) => [aslPath(flow), aslPath(flow).replace('.asl.json', '.flow.ts')]);

    expect(files).toEqual(expected.sort());
  });

  it('has a flow for every task file', () => {
    const tasks = flows().flatMap((flow) => Object.keys(flow.tasks).map((task) => taskPath(flow, task).file));
    const handlers = sourceFiles('functions').filter(({ code }) => /^export const handler\b/m.test(code));

    expect(handlers.map((file) => file.path)).toEqual([...new Set(tasks)].sort());
  });

  it('keeps manifests short enough to be read at a glance', () => {
    const long = sourceFiles('state-machines').filter(({ text }) => text.split('\n').length > 41);

    expect(long.map((file) => file.path)).toEqual([]);
  });

  it('names each flow once, and its artifacts with one publisher', () => {
    const names = flows().map(({ name }) => name);
    const writers = flows().flatMap((flow) => flow.artifacts.map(({ name }) => name));

    expect(names).toEqual([...new Set(names)]);
    expect(writers).toEqual([...new Set(writers)]);
  });

  it('starts flows only on artifacts that a flow publishes', () => {
    const published = flows().flatMap((flow) => flow.artifacts.map(({ name }) => name));

    expect(flows().flatMap(({ startsOn }) => startsOn.filter((name) => !published.includes(name)))).toEqual([]);
  });

  it('lets a task publish only what its flow declares', () => {
    const undeclared = flows().flatMap((flow) =>
      Object.values(flow.tasks)
        .flatMap(({ writes = [] }) => writes)
        .filter((name) => name !== '*' && !flow.artifacts.some((contract) => contract.name === name)),
    );

    expect(undeclared).toEqual([]);
  });
});

describe('the building', () => {
  it('names no flow and no artifact, and acts on the name of no environment', () => {
    const tenants = flows().flatMap((flow) => [flow.name, ...flow.artifacts.map(({ name }) => name)]);
    const building = sourceFiles('lib').filter((file) => file.path !== 'lib/environment.ts');
    const named = building.flatMap((file) =>
      tenants.filter((name) => file.text.includes(name)).map((name) => `${file.path}: ${name}`),
    );
    const branching = building.filter(({ code }) =>
      environments.some(({ name }) => new RegExp(`(===|!==|case) '${name}'`).test(code)),
    );

    expect(named).toEqual([]);
    expect(branching.map((file) => file.path)).toEqual([]);
  });
});

describe('the pages', () => {
  it('shows the tables of README.md as the code has them; npm run readme writes them', () => {
    const readme = read('README.md');

    expect(readme).toBe(withTables(readme));
  });

  it('names no npm script that does not exist', () => {
    const pages = ['README.md', '.ci/run', ...globSync('state-machines/*/*.md', { cwd: root })];
    const named = pages.flatMap((page) => [...read(page).matchAll(/npm run ([a-z:-]+)/g)].map(([, name = '']) => name));
    const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')));

    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('documents every setting and secret of a manifest in .env.example, with its path on AWS', () => {
    const example = read('.env.example');
    const declared = flows().flatMap((flow) =>
      Object.values(flow.tasks).flatMap(({ secrets = [], optionalSecrets = [], settings = [], calls = [] }) => [
        ...secrets,
        ...optionalSecrets,
        ...settings,
        ...calls,
      ]),
    );
    const undocumented = declared.filter(
      (name) =>
        !new RegExp(`^#? ?${name}=`, 'm').test(example) || !example.includes(`/DataFlows/{environment}/${name}`),
    );

    expect([...new Set(undocumented)]).toEqual([]);
  });
});
