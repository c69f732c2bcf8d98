/*
 * Deploys the environment `dev` into an emulated AWS account, runs whole groups there and on this machine against the
 * same sample server, and compares what the two runs published.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parameterPath } from '../../lib/environment.ts';
import { startSampleServer } from '../../samples/server.ts';
import { artifactFacts, differences } from './comparison.ts';
import { findEmulator, run, type Step } from './emulator.ts';

const projectFolder = join(import.meta.dirname, '../..');
/** The flow of each group that runs the others, and how many artifacts there are in the end. */
const flows = [
  { name: 'build-verra', artifacts: 3 },
  { name: 'main-ingestion', artifacts: 9 },
  // its units of work are a distributed Map
  { name: 'geo-timeseries', artifacts: 1 },
];
const artifactCount = flows.reduce((sum, { artifacts }) => sum + artifacts, 0);
const flowNames = flows.map(({ name }) => name).join(' and ');
/** Their rows name the execution that made them, so only their number can be the same. */
const withExecutions = [
  'consultation-document-texts',
  'consultation-documents-lineage',
  'consultation-documents-quarantine',
];

process.chdir(projectFolder);
const emulator = findEmulator(projectFolder);
if ('missing' in emulator) {
  console.log(`deployed: not tried, because ${emulator.missing}`);
} else {
  const workFolder = mkdtempSync(join(tmpdir(), 'deployed-'));
  try {
    const problems = await compareRuns(emulator.script, workFolder);
    for (const problem of problems) console.log(`deployed: ${problem}`);
    console.log(problems.length === 0 ? `deployed: ${flowNames} publish the same on both` : 'deployed: FAILED');
    process.exitCode = problems.length === 0 ? 0 : 1;
  } finally {
    rmSync(workFolder, { recursive: true });
  }
}

async function compareRuns(script: string, workFolder: string): Promise<string[]> {
  const assembly = join(workFolder, 'assembly');
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  const context = ['--context', 'env=dev', '--context', `architecture=${architecture}`];
  if ((await run('node_modules/.bin/cdk', ['synth', '-q', ...context, '--output', assembly])) !== 0) {
    return ['the environment could not be synthesized'];
  }
  const inputFiles = { 'geo-timeseries': await writeGeoSample(join(workFolder, 'sample')) };
  await using server = await startServer();
  const { settings } = server;
  const deployedFolder = await runDeployed({ script, assembly, workFolder, settings, inputFiles });
  if (deployedFolder === undefined) return ['the deployed run fell short; see above'];
  const localFolder = join(workFolder, 'local');
  for (const { name } of flows) {
    if (!(await runLocally(name, { storeFolder: localFolder, settings, inputFiles })))
      return ['the local run failed; see above'];
  }

  const [deployed, local] = await Promise.all([artifactFacts(deployedFolder), artifactFacts(localFolder)]);
  for (const { name, rows, rowsSha256 } of deployed) console.log(`deployed: ${name} ${rows} rows ${rowsSha256}`);
  const counted = deployed.length === artifactCount ? [] : [`${deployed.length} artifacts instead of ${artifactCount}`];
  return [...counted, ...differences(deployed, local, withExecutions)];
}

/** Which flows get an input, by the file that holds it. */
type InputFiles = Readonly<Record<string, string>>;

/** A dataset that both runs read from this machine's disk; gives the file with the request for it. */
async function writeGeoSample(folder: string): Promise<string> {
  const size = ['--rows', '400', '--countries', '1', '--months', '2', '--qualifiers', '3', '--out', folder];
  if ((await run(process.execPath, ['bin/sample-geo.ts', ...size])) !== 0) throw new Error('no sample was written');
  return join(folder, 'request.json');
}

async function startServer() {
  const server = await startSampleServer();
  return { settings: server.settings, [Symbol.asyncDispose]: () => server.close() };
}

/** Runs the flow in the emulated account; gives the folder with what its bucket then holds. */
async function runDeployed(options: {
  script: string;
  assembly: string;
  workFolder: string;
  settings: Readonly<Record<string, string>>;
  inputFiles: InputFiles;
}): Promise<string | undefined> {
  const { script, assembly, workFolder, settings, inputFiles } = options;
  const steps: Step[] = [
    ...Object.entries(settings).map(([name, value]) => parameter(name, value)),
    ...flows.map(({ name }) => startOf(name, inputFiles[name])),
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

function startOf(flowName: string, inputFile: string | undefined): Step {
  const input = inputFile === undefined ? {} : JSON.parse(readFileSync(inputFile, 'utf8'));
  return { do: 'start', machine: `DataFlows-dev-${flowName}`, input, expect: 'SUCCEEDED', seconds: 900 };
}

/** Runs a flow with the engine into a store of its own; `--live` leaves the choice of source to the settings. */
async function runLocally(
  flowName: string,
  about: { storeFolder: string; settings: Readonly<Record<string, string>>; inputFiles: InputFiles },
): Promise<boolean> {
  const env = { ...process.env, ...about.settings, RESULTS_URL: pathToFileURL(about.storeFolder).href };
  const inputFile = about.inputFiles[flowName];
  const input = inputFile === undefined ? [] : ['--input', `@${inputFile}`];
  return (await run(process.execPath, ['bin/flow.ts', 'run', flowName, '--live', ...input], env)) === 0;
}
