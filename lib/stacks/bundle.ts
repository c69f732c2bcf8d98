import { createHash } from 'node:crypto';
import { globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type BuildOptions, buildSync, type Metafile } from 'esbuild';
import { UsageError } from '../errors.ts';
import type { Flow } from '../flow/flow.ts';
import { taskPath } from '../flow/task-path.ts';
import { nativeRoot } from './native-packages.ts';

/** One task's code in one file, ready to be uploaded. */
export interface Bundle {
  /** Holds `index.mjs`; where the code names SQL files, those of its group besides, at their path in the group's folder. */
  readonly folder: string;
  readonly sizeBytes: number;
  /** Digest of the code and its SQL files: the same sources give the same one on every machine. */
  readonly digest: string;
  readonly needsNativeLayer: boolean;
  /** Every file that went into it, relative to the project. */
  readonly inputs: readonly string[];
}

/** Bundles by task; ask with {@link bundleKey}. */
export type Bundles = ReadonlyMap<string, Bundle>;

/** Names one task among all flows. */
export function bundleKey(flow: Pick<Flow, 'name'>, taskName: string): string {
  return `${flow.name}/${taskName}`;
}

/**
 * Bundles every task of the flows in one pass of esbuild.
 *
 * @param options.projectFolder where `functions/` lies
 * @param options.outputFolder gets a folder per task; what it holds of the same name is replaced
 * @throws {UsageError} a task's code is broken, or would not find its native packages on AWS
 */
export function bundleTasks(flows: readonly Flow[], options: { projectFolder: string; outputFolder: string }): Bundles {
  const tasks = flows.flatMap((flow) => Object.keys(flow.tasks).map((taskName) => ({ flow, taskName })));
  const entryPoints = tasks.map(({ flow, taskName }) => ({
    in: taskPath(flow, taskName).file,
    out: `${bundleKey(flow, taskName)}/index`,
  }));
  const { outputFiles, metafile } = build({
    absWorkingDir: options.projectFolder,
    outdir: options.outputFolder,
    entryPoints,
  });
  const built = new Map(outputFiles.map((file) => [file.path, file.contents]));
  return new Map(
    tasks.map(({ flow, taskName }) => {
      const key = bundleKey(flow, taskName);
      const file = join(options.outputFolder, key, 'index.mjs');
      const code = built.get(file);
      const output = metafile.outputs[relative(options.projectFolder, file)];
      if (!code || !output) throw new Error(`esbuild made no bundle for ${key}`);
      refuseLayerImports(key, output);
      const sqlFiles = readSqlFiles(join(options.projectFolder, 'functions', flow.group), code);
      return [key, writeBundle(file, { code, sqlFiles, output })];
    }),
  );
}

function build(options: Pick<BuildOptions, 'absWorkingDir' | 'outdir' | 'entryPoints'>) {
  try {
    return buildSync({ ...settings, ...options });
  } catch (error) {
    // esbuild's message lists every error with its file and line
    throw new UsageError(`the tasks cannot be bundled: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

/** Lambda puts layers on `NODE_PATH`, which `require` reads and `import` does not: it would fail at the first call. */
function refuseLayerImports(key: string, { imports }: Metafile['outputs'][string]): void {
  const lost = imports.find(({ path, kind }) => path.startsWith(nativeRoot) && kind !== 'require-call');
  if (!lost) return;
  throw new UsageError(
    `the code of ${key} loads ${lost.path} by import; Lambda finds what is in a layer by require only`,
  );
}

/** The SQL files of a group by their path below its folder, for code that names some; esbuild knows only imports. */
function readSqlFiles(groupFolder: string, code: Uint8Array): [path: string, text: Uint8Array][] {
  if (!Buffer.from(code).includes('.sql')) return [];
  const paths = globSync('**/*.sql', { cwd: groupFolder }).sort();
  return paths.map((path) => [path, readFileSync(join(groupFolder, path))]);
}

function writeBundle(
  file: string,
  made: { code: Uint8Array; sqlFiles: [path: string, text: Uint8Array][]; output: Metafile['outputs'][string] },
): Bundle {
  const { code, sqlFiles, output } = made;
  const digest = createHash('sha256').update(code);
  replaceFile(file, code);
  for (const [path, text] of sqlFiles) {
    digest.update(path).update(text);
    replaceFile(join(dirname(file), path), text);
  }
  return {
    folder: dirname(file),
    sizeBytes: output.bytes,
    digest: digest.digest('hex'),
    needsNativeLayer: output.imports.some(({ path }) => path.startsWith(nativeRoot)),
    inputs: Object.keys(output.inputs),
  };
}

/** In one step: a synth that runs at the same time reads the old code or the new, never half of it. */
function replaceFile(file: string, bytes: Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  const workFolder = mkdtempSync(`${dirname(file)}-`);
  writeFileSync(join(workFolder, 'code'), bytes);
  renameSync(join(workFolder, 'code'), file);
  rmSync(workFolder, { recursive: true });
}

const settings = {
  bundle: true,
  write: false,
  metafile: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  outExtension: { '.js': '.mjs' },
  // the embedded warehouse is for laptops: code asks for it only where an address names a folder
  external: [`${nativeRoot}*`, '@electric-sql/pglite'],
  // names stay as they are, so that a stack trace in a log can be read without a source map; and esbuild's choice of
  // CommonJS builds stays, because what they wrap starts only when it is used: a fifth off the import of a handler
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'silent',
  // otherwise a name that a file does not export would fail at the first call on AWS
  logOverride: { 'import-is-undefined': 'error' },
  // packages in CommonJS call `require`; it also finds packages of a layer, which `import` does not
  banner: { js: "import{createRequire}from'module';const require=createRequire(import.meta.url);" },
} as const satisfies BuildOptions;
