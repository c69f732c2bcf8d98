import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The project's root folder. */
export const root = path.resolve(import.meta.dirname, '../..');

/** One TypeScript file of the project, read once. */
export interface SourceFile {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** The text with comments blanked out, for rules about code. */
  readonly code: string;
  /** Module specifiers of static and dynamic imports and re-exports. */
  readonly imports: readonly Import[];
}

/** One import of a file: what is named, and whether it is gone at run time. */
export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** Every TypeScript file below the given top-level folders. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return folders
    .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }))
    .sort()
    .map((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      const code = withoutComments(text);
      return { path: file.replaceAll('\\', '/'), text, code, imports: importsOf(code) };
    });
}

/** What a relative specifier in `file` points to, relative to the root; packages come back as they are. */
export function resolveImport(file: string, specifier: string): string {
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier;
}

const importPattern =
  /\b(import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;

function importsOf(code: string): Import[] {
  return [...code.matchAll(importPattern)].map((match) => ({
    specifier: match[3] ?? match[4] ?? '',
    typeOnly: match[2] !== undefined,
  }));
}

/** Strings and template literals are kept, so that a `//` inside one is no comment. */
function withoutComments(text: string): string {
  return text.replaceAll(
    /('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (match, literal?: string) => literal ?? match.replaceAll(/[^\n]/g, ' '),
  );
}
