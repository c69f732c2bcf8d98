/*
 * Deploys the environment `dev` into an emulated AWS account, runs flows there and on this machine against the same
 * sample server, and compares what the two published. With WAREHOUSE_URL (a PostgreSQL server on loopback, empty) also
 * those that need a warehouse; on this machine they use an embedded one.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parameterPath } from '../../lib/environment.ts';
import { startSampleServer } from '../../samples/server.ts';
import { artifactFacts, differences } from './comparison.ts';
import { findEmulator, run, type Step } from './emulator.ts';
import { type Scenario, scenarioFor } from './scenario.ts';

const projectFolder = join(import.meta.dirname, '../..');
/** Their rows name the execution that made them, so only their number can be the same. */
const withExecutions = [
  'consultation-document-texts',
  'consultation-documents-lineage',
  'consultation-documents-quarantine',
];
const warehouseUrl = process.env.WAREHOUSE_URL;

process.chdir(projectFolder);
const emulator = findEmulator(projectFolder);
if ('missing' in emulator) {
  console.log(`deployed: not tried, because ${emulator.missing}`);
} else {
  if (warehouseUrl === undefined)
    console.log('deployed: flows with a warehouse are not tried; WAREHOUSE_URL is not set');
  const workFolder = mkdtempSync(join(tmpdir(), 'deployed-'));
  try {
    const geoRequest = await writeGeoSample(join(workFolder, 'sample'));
    const scenario = scenarioFor({ hasWarehouse: warehouseUrl !== undefined, geoRequest });
    const problems = await compareRuns(scenario, emulator.script, workFolder);
    for (const problem of problems) console.log(`deployed: ${problem}`);
    console.log(
      problems.length === 0
        ? `deployed: ${scenario.trials.map(({ flow }) => flow).join(', ')} publish the same on both`
        : 'deployed: FAILED',
    );
    process.exitCode = problems.length === 0 ? 0 : 1;
  } finally {
    rmSync(workFolder, { recursive: true });
  }
}

async function compareRuns(scenario: Scenario, script: string, workFolder: string): Promise<string[]> {
  const assembly = join(workFolder, 'assembly');
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  const context = ['--context', 'env=dev', '--context', `architecture=${architecture}`];
  if ((await run('node_modules/.bin/cdk', ['synth', '-q', ...context, '--output', assembly])) !== 0) {
    return ['the environment could not be synthesized'];
  }
  await using server = await startServer();
  const deployedFolder = await runDeployed(scenario, { script, assembly, workFolder, settings: server.settings });
  if (deployedFolder === undefined) return ['the deployed run fell short; see above'];
  const localFolder = join(workFolder, 'local');
  if (!(await runLocally(scenario, { storeFolder: localFolder, settings: server.settings, workFolder })))
    return ['the local run failed; see above'];

  const [deployed, local] = await Promise.all([artifactFacts(deployedFolder), artifactFacts(localFolder)]);
  for (const { name, rows, rowsSha256 } of deployed) console.log(`deployed: ${name} ${rows} rows ${rowsSha256}`);
  const { artifactCount } = scenario;
  const counted = deployed.length === artifactCount ? [] : [`${deployed.length} artifacts instead of ${artifactCount}`];
  return [...counted, ...differences(deployed, local, withExecutions)];
}

/** A dataset that both runs read from this machine's disk; gives the request for it. */
async function writeGeoSample(folder: string): Promise<object> {
  const size = ['--rows', '400', '--countries', '1', '--months', '2', '--qualifiers', '3', '--out', folder];
  if ((await run(process.execPath, ['bin/sample-geo.ts', ...size])) !== 0) throw new Error('no sample was written');
  return JSON.parse(readFileSync(join(folder, 'request.json'), 'utf8'));
}

async function startServer() {
  const server = await startSampleServer();
  return { settings: server.settings, [Symbol.asyncDispose]: () => server.close() };
}

/** Runs the flows in the emulated account; gives the folder with what its bucket then holds. */
async function runDeployed(
  { trials, artifactCount }: Scenario,
  options: { script: string; assembly: string; workFolder: string; settings: Readonly<Record<string, string>> },
): Promise<string | undefined> {
  const { script, assembly, workFolder, settings } = options;
  const steps: Step[] = [
    ...Object.entries({ ...settings, ...(warehouseUrl && { WAREHOUSE_URL: warehouseUrl }) }).map(([name, value]) =>
      parameter(name, value),
    ),
    ...trials.map(({ flow, input, seconds }): Step => {
      return { do: 'start', machine: `DataFlows-dev-${flow}`, input, expect: 'SUCCEEDED', seconds };
    }),
    { do: 'start', machine: 'DataFlows-dev-clean-up-old-artifacts', input: {}, expect: 'SUCCEEDED', seconds: 60 },
    { do: 'list', bucket: 'dataflows-dev', prefix: 'artifacts/', atLeast: 4 * artifactCount },
    { do: 'events', atLeast: artifactCount },
  ];
  const stepsFile = join(workFolder, 'steps.json');
  const dumpFolder = join(workFolder, 'dump');
  mkdirSync(dumpFolder);
  writeFileSync(stepsFile, JSON.stringify(steps));
  // the emulator starts each Lambda in a folder of its own, so node needs its whole path
  const args = [script, assembly, '--script', stepsFile, '--node', process.execPath, '--dump', dumpFolder];
  if ((await run('python3', args)) !== 0) return undefined;
  const bucket = readdirSync(dumpFolder).find((name) => name.startsWith('dataflows-dev-'));
  return bucket && join(dumpFolder, bucket);
}

/** A setting where tasks on AWS look for it; encrypted, so that decrypting is tried as well. */
function parameter(name: string, value: string): Step {
  return { do: 'parameter', name: parameterPath('dev', name), value, type: 'SecureString' };
}

/** Runs the flows with the engine into a store of their own; `--live` leaves the choice of source to the settings. */
async function runLocally(
  { trials }: Scenario,
  about: { storeFolder: string; settings: Readonly<Record<string, string>>; workFolder: string },
): Promise<boolean> {
  const { storeFolder, settings, workFolder } = about;
  const env = {
    ...process.env,
    ...settings,
    RESULTS_URL: pathToFileURL(storeFolder).href,
    WAREHOUSE_URL: pathToFileURL(join(workFolder, 'warehouse')).href,
  };
  for (const { flow, input } of trials) {
    const args = ['bin/flow.ts', 'run', flow, '--live', '--input', JSON.stringify(input)];
    if ((await run(process.execPath, args, env)) !== 0) return false;
  }
  return true;
}
