import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ObjectAccess, Scope } from '../../asl/types.ts';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { StateFailed } from '../failure.ts';
import { type ItemSource, sourceOfChunks } from './item-source.ts';
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
): Promise<ItemSource> {
  const maxItems = (await reader.maxItems?.(scope)) ?? 0;
  if (maxItems < 0) throw failed('field MaxItems must be positive');
  const access = await reader.arguments(scope);
  const { Bucket, Key, Prefix } = isJsonObject(access) ? access : {};
  if (!objects) throw failed('no object store is set up for this engine; give it one as `objects`');
  const place = { bucket: String(Bucket ?? ''), key: String(Key ?? ''), prefix: String(Prefix ?? '') };
  const items = reader.resource.endsWith('listObjectsV2')
    ? listed(objects.list(place.bucket, place.prefix))
    : contents({ objects, place, config: reader.config });
  const count = maxItems > 0 ? Math.min(maxItems, maxItemCount) : maxItemCount;
  return sourceOfChunks(limited(items, count));
}

interface Place {
  readonly bucket: string;
  readonly key: string;
}

/** Items, some at a time. */
type Chunks = AsyncIterable<readonly Json[]>;

interface Content {
  readonly objects: ObjectStore;
  readonly place: Place;
  readonly config: JsonObject;
}

/** How the items of an object are read, by its `InputType`. */
const readers: Readonly<Record<string, (content: Content) => Chunks>> = {
  JSON: (content) => jsonItems(textOf(content), content.config),
  JSONL: (content) => jsonLines(readLines(textOf(content))),
  CSV: (content) => csvItems(textOf(content), content.config),
  MANIFEST: ({ objects, place }) => manifestItems(objects, place),
};

/** Every `InputType` that an `ItemReader` may have. */
export const inputTypes: readonly string[] = Object.keys(readers);

function contents(content: Content): Chunks {
  const inputType = String(content.config.InputType ?? 'JSON');
  const read = readers[inputType];
  if (!read) throw failed(`InputType '${inputType}' is not supported; supported are ${inputTypes.join(', ')}`);
  return read(content);
}

function textOf({ objects, place }: Content): AsyncIterable<string> {
  return decodeText(objects.read(place.bucket, place.key));
}

async function* jsonLines(chunks: AsyncIterable<readonly string[]>): AsyncGenerator<Json[]> {
  for await (const lines of chunks)
    yield lines.filter((line) => line.trim() !== '').map((line): Json => JSON.parse(line));
}

async function* jsonItems(text: AsyncIterable<string>, config: JsonObject): AsyncGenerator<readonly Json[]> {
  const document: Json = JSON.parse(await readAll(text));
  const items = typeof config.ItemsPointer === 'string' ? at(document, config.ItemsPointer) : document;
  if (!Array.isArray(items)) throw failed('Attempting to map over non-iterable node.');
  yield items;
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

function csvItems(text: AsyncIterable<string>, config: JsonObject): Chunks {
  const delimiter = delimiters[String(config.CSVDelimiter ?? 'COMMA')] ?? ',';
  const isGiven = config.CSVHeaderLocation === 'GIVEN' && Array.isArray(config.CSVHeaders);
  return withHeaders(readCsv(text, delimiter), isGiven ? (config.CSVHeaders as Json[]).map(String) : undefined); // checked by isGiven
}

/** The rows of an S3 inventory, whose gzipped CSV files its manifest lists. */
async function* manifestItems(objects: ObjectStore, { bucket, key }: Place): AsyncGenerator<readonly Json[]> {
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

async function* listed(objects: AsyncIterable<ListedObject>): AsyncGenerator<Json[]> {
  for await (const { key, sizeBytes, etag, lastModified } of objects) {
    const seconds = Math.floor(lastModified.getTime() / 1_000);
    yield [{ Etag: etag, Key: key, LastModified: seconds, Size: sizeBytes, StorageClass: 'STANDARD' }];
  }
}

/** At most so many items; whatever goes wrong while reading is told as the service tells it. */
async function* limited(chunks: Chunks, count: number): AsyncGenerator<readonly Json[]> {
  let left = count;
  try {
    for await (const items of chunks) {
      yield items.slice(0, left);
      left -= items.length;
      if (left <= 0) return;
    }
  } catch (error) {
    if (error instanceof StateFailed) throw error;
    throw failed(error instanceof Error ? error.message : String(error), error);
  }
}

function failed(cause: string, reason?: unknown): StateFailed {
  return new StateFailed({ error: 'States.ItemReaderFailed', cause }, { cause: reason });
}
