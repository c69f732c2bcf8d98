import fc from 'fast-check';
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { jsonataExpression, templateExpression } from './expressions.ts';
import { fieldNames, odd, oddExpressions, oddNumbers, oddPaths } from './odd-values.ts';

/** One thing done to a definition; `at` picks where, counting the members of every object in it. */
export interface Mutation {
  readonly kind: 'tweak' | 'drop' | 'replace' | 'rename' | 'repeat' | 'copy' | 'add' | 'cut' | 'garble';
  readonly at: number;
  /** For `copy`: where the value comes from. */
  readonly from: number;
  readonly value: Json;
  /** For `tweak`: what takes the place of an expression, a path or a number. */
  readonly tweak: { readonly expression: string; readonly path: string; readonly number: number };
  readonly name: string;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom(
    'tweak',
    'tweak',
    'tweak',
    'tweak',
    'drop',
    'replace',
    'replace',
    'rename',
    'repeat',
    'copy',
    'add',
    'cut',
    'garble',
  ),
  at: fc.nat(),
  from: fc.nat(),
  value: odd,
  tweak: fc.record({
    expression: fc.oneof(jsonataExpression, fc.constantFrom(...oddExpressions)),
    path: fc.oneof(templateExpression, fc.constantFrom(...oddPaths)),
    number: fc.oneof(fc.nat(5), fc.constantFrom(...oddNumbers)),
  }),
  name: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...fieldNames) },
    fc.constantFrom(
      '__proto__',
      'constructor',
      'toString',
      'valueOf',
      'then',
      '',
      'next',
      'States.$',
      '.$',
      'x'.repeat(90),
    ),
  ),
});

/** A few things done one after the other. */
export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(mutation) },
  fc.array(mutation, { minLength: 1, maxLength: 3 }),
);

/** The text of a definition after its mutations; it need not be JSON any more. */
export function mutate(definition: JsonObject, list: readonly Mutation[]): string {
  let value: Json = definition;
  let text: string | undefined;
  for (const step of list) {
    if (step.kind === 'cut' || step.kind === 'garble') text = garble(text ?? textOf(value), step);
    else if (text === undefined) value = change(value, step);
  }
  return text ?? textOf(value);
}

function textOf(value: Json): string {
  return JSON.stringify(value).replaceAll(/\{"\$nested":(\d+)\}/g, (_, depth: string) => {
    const levels = Math.min(Number(depth), 20_000); // a later mutation may have changed the number
    return `${'['.repeat(levels)}${']'.repeat(levels)}`;
  });
}

function garble(text: string, { kind, at, name }: Mutation): string {
  const position = at % (text.length + 1);
  return kind === 'cut' ? text.slice(0, position) : `${text.slice(0, position)}${name}"${text.slice(position + 1)}`;
}

/** Another value of the same kind, so that most of what comes out is still a definition. */
function tweaked(value: Json, { tweak }: Mutation): Json | undefined {
  if (typeof value === 'number') return tweak.number;
  if (typeof value !== 'string') return undefined;
  if (value.startsWith('{%')) return tweak.expression;
  return value.startsWith('$') || value.startsWith('States.') ? tweak.path : undefined;
}

interface Spot {
  readonly holder: JsonObject | readonly Json[];
  readonly key: string;
}

function spotsIn(value: Json): Spot[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries<Json>(value).flatMap(([key, child]) => [{ holder: value, key }, ...spotsIn(child)]);
}

function change(definition: Json, step: Mutation): Json {
  const spots = spotsIn(definition).filter(
    ({ holder, key }) => step.kind !== 'tweak' || tweaked(memberOf(holder, key), step) !== undefined,
  );
  const spot = spots[step.at % Math.max(1, spots.length)];
  if (!spot) return step.value;
  const source = spots[step.from % spots.length];
  const copied = source ? memberOf(source.holder, source.key) : step.value;
  return rebuilt(definition, (holder) =>
    holder === spot.holder ? changed(holder, spot.key, { ...step, copied }) : holder,
  );
}

function changed(holder: JsonObject | readonly Json[], key: string, step: Mutation & { copied: Json }): Json {
  const entries = Object.entries<Json>(holder).flatMap(([name, value]): [string, Json][] => {
    if (name !== key) return [[name, value]];
    switch (step.kind) {
      case 'tweak':
        return [[name, tweaked(value, step) ?? value]];
      case 'drop':
        return [];
      case 'rename':
        return [[step.name, value]];
      case 'repeat':
        return [
          [name, value],
          [step.name, value],
        ];
      case 'copy':
        return [[name, step.copied]];
      case 'add':
        return [
          [name, value],
          [step.name, step.value],
        ];
      default:
        return [[name, step.value]];
    }
  });
  return isJsonObject(holder as Json) ? Object.fromEntries(entries) : entries.map(([, value]) => value);
}

function rebuilt(value: Json, replace: (holder: JsonObject | readonly Json[]) => Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  const replaced = replace(value);
  if (replaced !== value) return replaced;
  if (Array.isArray(value)) return value.map((item) => rebuilt(item, replace));
  return Object.fromEntries(Object.entries<Json>(value).map(([key, child]) => [key, rebuilt(child, replace)]));
}

function memberOf(holder: JsonObject | readonly Json[], key: string): Json {
  return Object.entries<Json>(holder).find(([name]) => name === key)?.[1] ?? null;
}
