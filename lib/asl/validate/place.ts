import type { QueryLanguage } from '../types.ts';
import type { Diagnostic, DiagnosticCode } from './diagnostic.ts';

/** Whether executions are kept and may last a year, or are cheap and short. */
export type MachineType = 'STANDARD' | 'EXPRESS';

/** A spot in the definition, and what checking it needs to know of its surroundings. */
export interface Place {
  /** As the service writes it: `/States/Fetch`; empty for the definition itself. */
  readonly location: string;
  readonly language: QueryLanguage;
  readonly machineType: MachineType;
  /** Where findings go. */
  readonly found: Diagnostic[];
}

/** Checks one value of a definition and reports what is wrong with it. */
export type Check<T> = (value: T, place: Place) => void;

/** The member of an object at this place. */
export function member(place: Place, name: string): Place {
  return { ...place, location: `${place.location}/${name}` };
}

/** The element of an array at this place. */
export function element(place: Place, index: number): Place {
  return { ...place, location: `${place.location}[${index}]` };
}

/** Reports an error at this place. */
export function report(place: Place, message: string, code: DiagnosticCode = 'SCHEMA_VALIDATION_FAILED'): void {
  place.found.push({ severity: 'ERROR', code, message, location: place.location === '' ? '/' : place.location });
}
