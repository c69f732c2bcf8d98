import { isJsonObject, type Json } from '../../json.ts';
import { applyFunction } from './path-functions.ts';
import { isDefinite, type PathStep } from './path-syntax.ts';
import type { Reading } from './reading.ts';
import { type Place, takeStep } from './take-step.ts';

/** Follows the steps from `document`; a path that is not definite reads as the array of what it matches. */
export function readSteps(document: Json, steps: readonly PathStep[]): Reading {
  const direct = readProperties(document, steps);
  if (direct !== undefined) return { found: true, value: direct };
  const lastStep = steps.at(-1);
  if (lastStep?.kind === 'function') {
    const subject = readSteps(document, steps.slice(0, -1));
    return subject.found ? applyFunction(lastStep, subject.value ?? null) : subject;
  }
  const { places, reason } = placesAt(document, steps);
  // a part before the first wildcard that is missing leaves an empty array, not an error
  if (!isDefinite(steps)) return { found: true, value: places.map((place) => place.value ?? null) };
  const [place] = places;
  if (place === undefined) return { found: false, reason: reason ?? `No results for path: ${pathText(steps)}` };
  return { found: true, value: place.value };
}

/** The common case, a chain of properties that exist, without any book-keeping; undefined for everything else. */
function readProperties(document: Json, steps: readonly PathStep[]): Json | undefined {
  let value: Json | undefined = document;
  for (const step of steps) {
    if (step.kind !== 'property' || !isJsonObject(value) || !Object.hasOwn(value, step.name)) return undefined;
    value = value[step.name];
  }
  return value;
}

function placesAt(document: Json, steps: readonly PathStep[]): { places: readonly Place[]; reason?: string } {
  let places: Place[] = [{ value: document, text: '$', isDefinite: true }];
  for (const [position, step] of steps.entries()) {
    const isLast = position === steps.length - 1;
    const reached: Place[] = [];
    for (const place of places) {
      const taken = takeStep(place, step, { document, isLast, readSteps });
      if (typeof taken !== 'string') for (const next of taken) reached.push(next);
      else if (place.isDefinite) return { places: [], reason: taken };
    }
    places = reached;
  }
  return { places };
}

function pathText(steps: readonly PathStep[]): string {
  return `$${steps.map((step) => step.text).join('')}`;
}
