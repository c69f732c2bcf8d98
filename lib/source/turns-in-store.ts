import * as z from 'zod';
import type { ArtifactStore } from '../artifact/artifact-store.ts';
import { ConditionFailedError, ObjectNotFoundError } from '../artifact/store-errors.ts';
import { jsonText, readJson } from '../artifact/stored-json.ts';
import type { Clock } from '../clock.ts';
import { SourceRejectedError } from '../errors.ts';
import type { Turns } from './turns.ts';

/** Who takes turns, and how many there are. */
export interface TurnsInStoreOptions {
  /** As it stands in sentences: `the NYT archive`. */
  readonly name: string;
  /** Where the turns are counted: a key below `state/` that the task declares. */
  readonly key: string;
  /** Shortest time between the beginnings of two calls. */
  readonly pauseMs: number;
  readonly callsPerDay: number;
}

const turnsSchema = z.object({ day: z.string(), calls: z.int(), nextStartMs: z.number() });
const mostCollisions = 100;
const collisionPauseMs = 50;

/**
 * Turns for all executions that share a store, also those in other processes and Lambdas: each call books its time by
 * a conditional write before it waits for it.
 *
 * A turn that was booked counts, even if its call was never made.
 *
 * @throws {SourceRejectedError} (by the turn) all calls of the UTC day are booked; retrying today gives the same
 */
export function turnsInStore(
  caller: { readonly clock: Clock; readonly signal: AbortSignal; readonly artifacts: ArtifactStore },
  options: TurnsInStoreOptions,
): Turns {
  return async (call) => {
    const startMs = await bookTurn(caller, options);
    if (startMs > caller.clock.now()) await caller.clock.sleep(startMs - caller.clock.now(), caller.signal);
    return await call();
  };
}

/** How many turns of the UTC day are booked. */
export async function turnsBooked(
  { clock, artifacts }: { readonly clock: Clock; readonly artifacts: ArtifactStore },
  key: string,
): Promise<number> {
  const known = await readTurns(artifacts, key);
  return known?.value.day === dayOf(clock.now()) ? known.value.calls : 0;
}

/** When the booked call may begin, in milliseconds since the epoch. */
async function bookTurn(
  { clock, signal, artifacts }: Parameters<typeof turnsInStore>[0],
  { name, key, pauseMs, callsPerDay }: TurnsInStoreOptions,
): Promise<number> {
  for (let collision = 0; ; collision += 1) {
    const known = await readTurns(artifacts, key);
    const startMs = Math.max(clock.now(), known?.value.nextStartMs ?? 0);
    const day = dayOf(startMs);
    const calls = known?.value.day === day ? known.value.calls : 0;
    if (calls >= callsPerDay) {
      throw new SourceRejectedError(
        `${name} was asked ${calls} times on ${day}, which is all that a day allows; ask again after 00:00 UTC`,
      );
    }
    try {
      const booked = jsonText({ day, calls: calls + 1, nextStartMs: startMs + pauseMs });
      await artifacts.write(key, booked, known ? { ifMatch: known.etag } : { ifAbsent: true });
      return startMs;
    } catch (error) {
      if (!(error instanceof ConditionFailedError) || collision >= mostCollisions) throw error;
      await clock.sleep(clock.chance() * collisionPauseMs, signal);
    }
  }
}

async function readTurns(artifacts: ArtifactStore, key: string) {
  try {
    return await readJson(artifacts, key, turnsSchema);
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return undefined;
    throw error;
  }
}

function dayOf(instantMs: number): string {
  return new Date(instantMs).toISOString().slice(0, 'YYYY-MM-DD'.length);
}
