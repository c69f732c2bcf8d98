import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ObjectAccess, Scope } from '../../asl/types.ts';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { StateFailed } from '../failure.ts';
import type { ListedObject, ObjectStore } from './object-store.ts';
import { readCsv, withHeaders } from './read-csv.ts';
import { decodeText, readAll, readLines } from './read-text.ts';

/** Most items that a Map Run takes. @see AWS Step Functions quotas */
const maxItemCount = 100_000_000;

/**
 * The items that an `ItemReader` names, one after another; files of any size except JSON are never held whole.
 *
 * @throws {StateFailed} `States.ItemReaderFailed`, while the items are read
 */
export async function readItems(
  reader: ObjectAccess,
  scope: Scope,
  objects: ObjectStore | undefined,
): Promise<AsyncIterable<Json>> {
  const maxItems = (await reader.maxItems?.(scope)) ?? 0;
  const access = await reader.arguments(scope);
  const { Bucket, Key, Prefix } = isJsonObject(access) ? access : {};
  if (!objects) throw failed('no object store is set up for this engine; give it one as `objects`');
  const place = { bucket: String(Bucket ?? ''), key: String(Key ?? ''), prefix: String(Prefix ?? '') };
  const items = reader.resource.endsWith('listObjectsV2')
    ? listed(objects.list(place.bucket, place.prefix))
    : contents(objects, place, reader.config);
  return limited(told(items), maxItems > 0 ? Math.min(maxItems, maxItemCount) : maxItemCount);
}

interface Place {
  readonly bucket: string;
  readonly key: string;
}

function contents(objects: ObjectStore, place: Place, config: JsonObject): AsyncIterable<Json> {
  const text = () => decodeText(objects.read(place.bucket, place.key));
  switch (config.InputType ?? 'JSON') {
    case 'JSONL':
      return jsonLines(readLines(text()));
    case 'CSV':
      return csvItems(text(), config);
    case 'MANIFEST':
      return manifestItems(objects, place);
    default:
      return jsonItems(text(), config);
  }
}

async function* jsonLines(lines: AsyncIterable<string>): AsyncGenerator<Json> {
  for await (const line of lines) if (line.trim() !== '') yield JSON.parse(line);
}

async function* jsonItems(text: AsyncIterable<string>, config: JsonObject): AsyncGenerator<Json> {
  const document: Json = JSON.parse(await readAll(text));
  const items = typeof config.ItemsPointer === 'string' ? at(document, config.ItemsPointer) : document;
  if (!Array.isArray(items)) throw failed('Attempting to map over non-iterable node.');
  yield* items;
}

/** @see https://www.rfc-editor.org/rfc/rfc6901 */
function at(document: Json, pointer: string): Json | undefined {
  const names = pointer.split('/').slice(1);
  return names.reduce<Json | undefined>((value, name) => {
    const key = name.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value)) return value[Number(key)];
    return isJsonObject(value) ? value[key] : undefined;
  }, document);
}

const delimiters: Readonly<Record<string, string>> = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' };

function csvItems(text: AsyncIterable<string>, config: JsonObject): AsyncIterable<Json> {
  const delimiter = delimiters[String(config.CSVDelimiter ?? 'COMMA')] ?? ',';
  const isGiven = config.CSVHeaderLocation === 'GIVEN' && Array.isArray(config.CSVHeaders);
  return withHeaders(readCsv(text, delimiter), isGiven ? (config.CSVHeaders as Json[]).map(String) : undefined); // checked by isGiven
}

/** The rows of an S3 inventory, whose gzipped CSV files its manifest lists. */
async function* manifestItems(objects: ObjectStore, { bucket, key }: Place): AsyncGenerator<Json> {
  const manifest: Json = JSON.parse(await readAll(decodeText(objects.read(bucket, key))));
  const { fileFormat, fileSchema, files } = isJsonObject(manifest) ? manifest : {};
  if (fileFormat !== 'CSV' || typeof fileSchema !== 'string' || !Array.isArray(files)) {
    throw failed(`the manifest s3://${bucket}/${key} is no S3 inventory of CSV files`);
  }
  const columns = fileSchema.split(',').map((column) => column.trim());
  for (const file of files) {
    const fileKey = isJsonObject(file) ? String(file.key ?? '') : '';
    const bytes = Readable.from(objects.read(bucket, fileKey));
    const text = decodeText(fileKey.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes);
    yield* withHeaders(readCsv(text), columns);
  }
}

async function* listed(objects: AsyncIterable<ListedObject>): AsyncGenerator<Json> {
  for await (const { key, sizeBytes, etag, lastModified } of objects) {
    yield {
      Etag: etag,
      Key: key,
      LastModified: Math.floor(lastModified.getTime() / 1_000),
      Size: sizeBytes,
      StorageClass: 'STANDARD',
    };
  }
}

/** Tells whatever goes wrong while reading as the service does. */
async function* told(items: AsyncIterable<Json>): AsyncGenerator<Json> {
  try {
    yield* items;
  } catch (error) {
    if (error instanceof StateFailed) throw error;
    throw failed(error instanceof Error ? error.message : String(error), error);
  }
}

async function* limited(items: AsyncIterable<Json>, count: number): AsyncGenerator<Json> {
  let taken = 0;
  for await (const item of items) {
    yield item;
    taken += 1;
    if (taken >= count) return;
  }
}

function failed(cause: string, reason?: unknown): StateFailed {
  return new StateFailed({ error: 'States.ItemReaderFailed', cause }, { cause: reason });
}
