import * as z from 'zod';
import type { Publication } from '../artifact/publish.ts';
import type { Json } from '../json.ts';
import { durationBetween } from './format.ts';
import { type ExecutionTree, visitsIn } from './progress/execution-tree.ts';

/**
 * What a task answers with after it published an artifact, or found that nothing had changed.
 *
 * Parsed by a schema of its own, because the module of `Publication` loads the SQL engine.
 */
const PublicationAnswer = z.object({
  artifact: z.string(),
  version: z.string(),
  status: z.enum(['published', 'unchanged']),
  rows: z.number(),
  bytes: z.number(),
  sha256: z.string(),
  rowsSha256: z.string(),
  key: z.string(),
  url: z.string(),
}) satisfies z.ZodType<Publication>;

/** One artifact that an execution published or left as it was, and how long the state took that did it. */
export type PublishedArtifact = Publication & {
  readonly flowName: string;
  readonly durationMs: number;
};

/**
 * What an execution and those it started did to artifacts, in the order it happened.
 *
 * Read from the answers of tasks in the history, which is the same on every environment.
 */
export function publicationsIn(tree: ExecutionTree): PublishedArtifact[] {
  const found = visitsIn(tree).flatMap((visit) => {
    const durationMs = durationBetween(visit.enteredAt, visit.exitedAt, Date.parse(visit.enteredAt));
    const own = visit.outputs
      .flatMap((output) => publicationsWithin(parseJson(output)))
      .map((publication) => ({ ...publication, flowName: tree.flowName, durationMs }));
    return visit.child ? publicationsIn(visit.child) : own;
  });
  const latest = new Map(found.map((publication) => [publication.artifact, publication]));
  return [...latest.values()];
}

/** The value with the name of the artifact in place of each publication: for texts that tell the rest elsewhere. */
export function nameArtifacts(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  const publication = PublicationAnswer.safeParse(value);
  if (publication.success) return publication.data.artifact;
  if (Array.isArray(value)) return value.map(nameArtifacts);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, nameArtifacts(member)]));
}

function publicationsWithin(value: Json): Publication[] {
  if (typeof value !== 'object' || value === null) return [];
  const publication = PublicationAnswer.safeParse(value);
  return publication.success ? [publication.data] : Object.values(value).flatMap(publicationsWithin);
}

function parseJson(text: string): Json {
  return JSON.parse(text);
}
