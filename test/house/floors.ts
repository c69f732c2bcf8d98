/** The rooms of `lib/` from the ground up: a file imports from its own room or from rooms before it. */
export const floors: readonly (readonly string[])[] = [
  ['ground'],
  ['asl'],
  ['flow'],
  ['execution'],
  ['event'],
  ['table'],
  ['warehouse'],
  ['artifact'],
  ['secret'],
  ['source'],
  ['task'],
  // the top floor: no doors between these
  ['engine', 'cloud', 'stacks', 'cli', 'console'],
];

/** What tenants and outbuildings may use of `lib/` (rooms), and of each other (path prefixes). */
export const tenants: readonly { readonly files: RegExp; readonly rooms: readonly string[]; readonly also: RegExp }[] =
  [
    {
      files: /^functions\//,
      rooms: ['ground', 'table', 'warehouse', 'artifact', 'secret', 'source', 'task'],
      also: /^functions\//,
    },
    {
      files: /^state-machines\//,
      rooms: ['ground', 'flow'],
      also: /^state-machines\/|^functions\/[^/]+\/[^/]+\.contract\.ts$/,
    },
    { files: /^samples\//, rooms: ['ground'], also: /^samples\// },
  ];

/** A thing that enters the house by few doors. */
export interface Door {
  readonly thing: string;
  readonly package?: RegExp;
  readonly code?: RegExp;
  readonly allowedIn: RegExp;
}

/** Heavy or impure things, and the only files that may touch them. */
export const doors: readonly Door[] = [
  { thing: 'aws-cdk-lib', package: /^(aws-cdk-lib|constructs|cdk-nag)\b/, allowedIn: /^lib\/stacks\/|^bin\/app\.ts$/ },
  {
    thing: 'the AWS SDK',
    package: /^@aws-sdk\/|^@aws-lambda-powertools\/parameters/,
    allowedIn:
      /^lib\/artifact\/s3-|^lib\/secret\/ssm-source\.ts$|^lib\/event\/eventbridge-bus\.ts$|^lib\/warehouse\/iam-token\.ts$|^lib\/cloud\//,
  },
  { thing: 'DuckDB', package: /^@duckdb\//, allowedIn: /^lib\/table\// },
  {
    thing: 'Postgres',
    package: /^pg$|^pg-copy-streams$|^@electric-sql\//,
    allowedIn: /^lib\/warehouse\/(pglite|postgres)-/,
  },
  { thing: 'esbuild', package: /^esbuild$/, allowedIn: /^lib\/stacks\// },
  { thing: 'HTTP requests', package: /^ky$/, code: /(?<![.\w])fetch\(/, allowedIn: /^lib\/source\// },
  {
    thing: 'sockets',
    package: /^node:https?$|^@hono\/node-server/,
    allowedIn: /^lib\/console\/server\.ts$|^samples\//,
  },
  {
    thing: 'the process',
    code: /\bprocess\.(env|argv|exit|exitCode|stdout|stderr|on)\b/,
    allowedIn: /^bin\/|^lib\/cli\/|^lib\/task\/lambda-handler\.ts$|^lib\/secret\/env-source\.ts$|^samples\/serve\.ts$/,
  },
  {
    thing: 'time and chance',
    code: /\bDate\.now\(|\bnew Date\(\)|\bsetTimeout\(|\bsetInterval\(|\bMath\.random\(|\bperformance\.now\(|from 'node:timers/,
    allowedIn: /^lib\/clock\.ts$/,
  },
];

/** Words for which no room exists: each is a drawer. */
export const drawers = /(^|[/.-])(utils?|helpers?|common|misc|manager|shared|base|impl)([/.-]|$)/;

/** What may stand at the top of the project. */
export const topLevel: readonly string[] = [
  '.ci',
  '.env.example',
  '.gitignore',
  '.npmrc',
  'LICENSE',
  'README.md',
  'bin',
  'biome.json',
  'cdk.json',
  'functions',
  'knip.json',
  'lib',
  'package-lock.json',
  'package.json',
  'samples',
  'state-machines',
  'test',
  'tsconfig.json',
  'vitest.config.ts',
];
