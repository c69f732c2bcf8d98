import { createHash } from 'node:crypto';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import type { ObjectStore } from '../map-run/object-store.ts';
import { decodeText, readAll } from '../map-run/read-text.ts';
import { sdkError } from './service-error.ts';
import type { TaskResource } from './task-resource.ts';

/**
 * `aws-sdk:s3:getObject`, `putObject` and `listObjectsV2` on the buckets that distributed Maps use too.
 *
 * Bodies are text, as in state payloads.
 */
export function s3Resources(objects: ObjectStore): Readonly<Record<string, TaskResource>> {
  return {
    'aws-sdk:s3:getObject': { call: ({ parameters }) => getObject(objects, parametersOf(parameters)) },
    'aws-sdk:s3:putObject': { call: ({ parameters }) => putObject(objects, parametersOf(parameters)) },
    'aws-sdk:s3:listObjectsV2': { call: ({ parameters }) => listObjects(objects, parametersOf(parameters)) },
  };
}

async function getObject(objects: ObjectStore, { Bucket, Key }: JsonObject): Promise<Json> {
  try {
    const text = await readAll(decodeText(objects.read(String(Bucket), String(Key))));
    return { Body: text, ContentLength: Buffer.byteLength(text), ETag: etagOf(text) };
  } catch {
    // a store tells in its own words; states match the service's
    const message = 'The specified key does not exist.';
    throw sdkError({ service: 'S3', error: 'S3.NoSuchKeyException', message, statusCode: 404 });
  }
}

async function putObject(objects: ObjectStore, { Bucket, Key, Body }: JsonObject): Promise<Json> {
  const text = typeof Body === 'string' ? Body : JSON.stringify(Body ?? '');
  await objects.write(String(Bucket), String(Key), oneText(text));
  return { ETag: etagOf(text) };
}

async function listObjects(objects: ObjectStore, { Bucket, Prefix = '' }: JsonObject): Promise<Json> {
  const contents: Json[] = [];
  for await (const { key, sizeBytes, etag, lastModified } of objects.list(String(Bucket), String(Prefix))) {
    contents.push({ Key: key, Size: sizeBytes, ETag: etag, LastModified: lastModified.toISOString() });
  }
  return { Name: String(Bucket), Prefix, KeyCount: contents.length, IsTruncated: false, Contents: contents };
}

async function* oneText(text: string): AsyncGenerator<string> {
  yield text;
}

function etagOf(text: string): string {
  return `"${createHash('md5').update(text).digest('hex')}"`;
}

function parametersOf(parameters: Json): JsonObject {
  return isJsonObject(parameters) ? parameters : {};
}
