import { StatesError, UsageError } from '../errors.ts';
import type { Json } from '../json.ts';
import { parsePath } from './json-path/parse-path.ts';
import { pathFunctionNames } from './json-path/path-functions.ts';
import { isDefinite, type PathRoot, type PathSyntax } from './json-path/path-syntax.ts';
import { readSteps } from './json-path/read-steps.ts';
import type { Reading } from './json-path/reading.ts';
import type { Roots } from './roots.ts';

/** A JSONPath of a definition, read once and applied to many documents. */
export interface JsonPath {
  /** As written in the definition. */
  readonly text: string;
  readonly root: PathRoot;
  /** Whether it names one value; a path with wildcards, slices, filters or `..` reads as an array, maybe empty. */
  readonly isDefinite: boolean;
  /**
   * What the path leads to. An element past the end of an array reads as null, as the service has it.
   *
   * @throws {StatesError} `States.Runtime`, `Invalid path '$.a' : No results for path: $['a']` when it leads nowhere
   */
  read(roots: Roots): Json;
  /** What the path leads to, or undefined when it leads nowhere; an element past the end of an array is nowhere too. */
  find(roots: Roots): Json | undefined;
  /** What the path leads to together with the service's reason when it leads nowhere, for callers with own words. */
  follow(roots: Roots): Reading;
}

/**
 * Compiles a JSONPath: `$.a.b[0]`, `$$.Execution.Id`, `$name.a`, with wildcards, slices, unions, `..` and filters.
 *
 * Semantics, and the sentences of its errors, are those of the Java reader behind the service, as far as recorded.
 *
 * @throws {UsageError} the text is no path
 */
export function compileJsonPath(text: string): JsonPath {
  const syntax = parsePath(text);
  checkFunctions(text, syntax);
  const follow = follower(text, syntax);
  return {
    text,
    root: syntax.root,
    isDefinite: isDefinite(syntax.steps),
    follow,
    read: (roots) => {
      const reading = follow(roots);
      if (!reading.found) throw invalidPath(text, reading.reason);
      return reading.value ?? null;
    },
    find: (roots) => {
      const reading = follow(roots);
      return reading.found ? reading.value : undefined;
    },
  };
}

/** Whether the text can be compiled as a JSONPath. */
export function isJsonPath(text: string): boolean {
  try {
    compileJsonPath(text);
    return true;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}

/** The service's error for a path that leads nowhere. */
export function invalidPath(text: string, reason: string): StatesError {
  return new StatesError('States.Runtime', `Invalid path '${text}' : ${reason}`);
}

/** The document a path starts from; undefined for a variable that nobody has assigned. */
export function documentOf(root: PathRoot, roots: Roots): Json | undefined {
  if (root.kind === 'input') return roots.input;
  if (root.kind === 'context') return roots.context;
  return Object.hasOwn(roots.variables, root.name) ? roots.variables[root.name] : undefined;
}

function follower(text: string, { root, steps }: PathSyntax): (roots: Roots) => Reading {
  return (roots) => {
    const document = documentOf(root, roots);
    if (document !== undefined) return readSteps(document, steps);
    return { found: false, reason: `The variable of '${text}' has not been assigned` };
  };
}

function checkFunctions(text: string, { steps }: PathSyntax): void {
  for (const step of steps) {
    if (step.kind === 'function' && !pathFunctionNames.includes(step.name)) {
      throw new UsageError(
        `'${text}' calls '${step.name}()', which is no function of a path; allowed are ${pathFunctionNames.join(', ')}`,
      );
    }
  }
}
