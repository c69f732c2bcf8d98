/** Deepest nesting of objects and arrays that the JSON reader behind the service takes. */
const maxNesting = 1_000;

/** Why a JSON text is nested too deeply to be read, in the words of that reader; undefined when it is not. */
export function nestingProblem(text: string): string | undefined {
  let depth = 0;
  for (const [token] of text.matchAll(tokens)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    if (depth > maxNesting) {
      return `Document nesting depth (${depth}) exceeds the maximum allowed (${maxNesting}, from \`StreamReadConstraints.getMaxNestingDepth()\`)`;
    }
  }
  return undefined;
}

/** Brackets, and texts, in which brackets mean nothing. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"?|[{}[\]]/gs;
