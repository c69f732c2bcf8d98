import { systemClock } from '../../clock.ts';
import { StatesError, UsageError } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { compileJsonPath } from '../json-path.ts';
import type { Roots } from '../roots.ts';
import { arrayFunctions } from './array-functions.ts';
import { encodingFunctions } from './encoding-functions.ts';
import type { IntrinsicFunction } from './intrinsic-function.ts';
import type { IntrinsicArgument, IntrinsicCall } from './intrinsic-syntax.ts';
import { jsonFunctions } from './json-functions.ts';
import { mathFunctions } from './math-functions.ts';
import { parseIntrinsic } from './parse-intrinsic.ts';
import { textFunctions } from './text-functions.ts';

const functions: ReadonlyMap<string, IntrinsicFunction> = new Map(
  Object.entries({ ...arrayFunctions, ...encodingFunctions, ...jsonFunctions, ...mathFunctions, ...textFunctions }),
);

/** Every intrinsic function there is, as written in definitions: `States.Format`. */
export const intrinsicNames: readonly string[] = [...functions.keys()].sort().map((name) => `States.${name}`);

/** Whether the text of a dynamic field is meant as an intrinsic call rather than a path. */
export function isIntrinsicCall(text: string): boolean {
  return text.trimStart().startsWith('States.');
}

/**
 * Compiles an intrinsic call, nested ones included.
 *
 * The compiled call throws a StatesError whose message names the whole call: `States.Runtime` when an argument's path
 * leads nowhere, `States.IntrinsicFailure` when an argument is not what its function takes.
 *
 * @throws {UsageError} the text is no call, names an unknown function or gives it too few or too many arguments
 */
export function compileIntrinsic(text: string): (roots: Roots) => Json {
  const evaluate = compileCall(text, parseIntrinsic(text));
  return (roots) => {
    try {
      return evaluate(roots);
    } catch (error) {
      if (!(error instanceof StatesError)) throw error;
      const message = `The function '${text}' had the following error: ${error.message}`;
      throw new StatesError(error.name, message, { cause: error });
    }
  };
}

function compileCall(text: string, call: IntrinsicCall): (roots: Roots) => Json {
  const called = functions.get(call.name);
  if (!called) {
    throw new UsageError(
      `'${text}' calls 'States.${call.name}', which does not exist; known are ${intrinsicNames.join(', ')}`,
    );
  }
  const count = call.arguments.length;
  if (count < called.fewestArguments || count > called.mostArguments) {
    throw new UsageError(`'${text}' gives ${count} arguments to 'States.${call.name}', which takes ${arity(called)}`);
  }
  const readers = call.arguments.map((argument, position) =>
    compileArgument(text, argument, call.name === 'Format' && position === 0),
  );
  return (roots) => {
    const values = readers.map((read) => read(roots));
    return called.apply(values, roots.chance ?? systemClock.chance);
  };
}

function compileArgument(text: string, argument: IntrinsicArgument, isTemplate: boolean): (roots: Roots) => Json {
  if (argument.kind === 'call') return compileCall(text, argument.call);
  if (argument.kind === 'literal') {
    const value = isTemplate && argument.template !== undefined ? argument.template : argument.value;
    return () => value;
  }
  const path = compileJsonPath(argument.path);
  return (roots) => {
    const value = path.find(roots);
    if (value !== undefined) return value;
    // the service reports paths into the context object by their part after the first $, and always the input
    const reported = path.root.kind === 'context' ? argument.path.slice(1) : argument.path;
    throw new StatesError(
      'States.Runtime',
      `The JsonPath argument for the field '${reported}' could not be found in the input '${JSON.stringify(roots.input)}'`,
    );
  };
}

function arity({ fewestArguments, mostArguments }: IntrinsicFunction): string {
  if (fewestArguments === mostArguments) return String(fewestArguments);
  return Number.isFinite(mostArguments) ? `${fewestArguments} to ${mostArguments}` : `at least ${fewestArguments}`;
}
