import * as z from 'zod';
import type { ArtifactStore } from './artifact-store.ts';
import { rejectedKey, versionKey } from './key.ts';
import { readJson } from './stored-json.ts';

/** A version that cannot change any more: what an execution read, or what it published. */
export const pinnedArtifactSchema = z.object({
  name: z.string(),
  version: z.string(),
  /** Of the data, in hexadecimal. */
  sha256: z.string(),
  rows: z.int().min(0),
});

export type PinnedArtifact = z.infer<typeof pinnedArtifactSchema>;

const columnSchema = z.object({ name: z.string(), type: z.string(), nullable: z.boolean() });

const checkSchema = z.object({
  name: z.string(),
  level: z.enum(['fail', 'warn']),
  passed: z.boolean(),
  figure: z.number(),
  detail: z.string(),
});

/** The part of a manifest that says how long versions of the artifact stay at least. */
export const keepingSchema = z.object({ keeps: z.object({ days: z.int(), versions: z.int() }).optional() });

/** `manifest.json`: everything there is to know about a version without opening its data. */
export const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  status: z.enum(['published', 'rejected']),
  /** Why it was rejected, one sentence per rule. */
  reasons: z.array(z.string()).optional(),
  columns: z.array(columnSchema).readonly(),
  rows: z.int().min(0),
  bytes: z.int().min(0),
  sha256: z.string(),
  /** Fingerprint of the rows themselves, whatever the encoding of the file. */
  rowsSha256: z.string(),
  createdAt: z.iso.datetime(),
  flow: z.string(),
  execution: z.string(),
  executionStartedAt: z.iso.datetime(),
  codeVersion: z.string(),
  previousVersion: z.string().nullable(),
  /** The versions it was made from. */
  inputs: z.array(pinnedArtifactSchema),
  /** The part of the source it covers, e.g. `from` and `to`, or block numbers. */
  sourceWindow: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** What whoever reads the version should know besides, in sentences. */
  notes: z.array(z.string()).optional(),
  checks: z.array(checkSchema),
  ...keepingSchema.shape,
  /** The version whose size or columns this one was allowed to leave. */
  accepted: z.string().optional(),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestCheck = z.infer<typeof checkSchema>;

/**
 * @throws {ObjectNotFoundError} there is no such version
 * @throws {InvalidDataError} the manifest is damaged
 */
export async function readManifest(store: ArtifactStore, name: string, version: string): Promise<Manifest> {
  return (await readJson(store, versionKey(name, version, 'manifest.json'), manifestSchema)).value;
}

/**
 * The manifest of a version that failed its checks, with the reasons.
 *
 * @throws {ObjectNotFoundError} no version was rejected under this name and version, or it has expired
 */
export async function readRejectedManifest(store: ArtifactStore, name: string, version: string): Promise<Manifest> {
  return (await readJson(store, rejectedKey(name, version, 'manifest.json'), manifestSchema)).value;
}
