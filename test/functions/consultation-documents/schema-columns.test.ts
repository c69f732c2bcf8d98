import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { consultationDocumentsPreprocessed } from '../../../functions/consultation-documents/consultation-documents-preprocessed.contract.ts';
import { fullConsultationDocumentSchemaV1 } from '../../../functions/consultation-documents/document-schema.ts';
import { columnsOf, rulesOf, timestamp } from '../../../functions/consultation-documents/schema-columns.ts';
import { documentTypes, politicalBodies, topics } from '../../../functions/consultation-documents/vocabularies.ts';

const schema = z.object({
  name: z.string().min(3),
  url: z.string().regex(/^https?:/),
  at: timestamp.nullable(),
  kinds: z.array(z.enum(['a', 'b'])),
  tags: z.array(z.object({ at: timestamp, name: z.string() })),
  kind: z.enum(['a', "b'"]).nullable(),
  share: z.number(),
  count: z.int().nullable(),
});

describe('a schema', () => {
  it('gives the columns of its table', () => {
    expect(columnsOf(schema).map(({ name, type, nullable }) => `${name}: ${type}${nullable ? '?' : ''}`)).toEqual([
      'name: string',
      'url: string',
      'at: ts?',
      'kinds: string[]',
      'tags: {at: ts, name: string}[]',
      'kind: string?',
      'share: float',
      'count: int?',
    ]);
  });

  it('gives its checks as rules in SQL', () => {
    expect(rulesOf(schema).map(({ name, holds }) => [name, holds])).toEqual([
      ['name has 3 characters or more', 'length("name") >= 3'],
      ['url has its form', `regexp_matches("url", '^https?:')`],
      ['kinds are in their vocabulary', `list_has_all(['a', 'b'], "kinds")`],
      ['kind is in its vocabulary', `"kind" IS NULL OR "kind" IN ('a', 'b''')`],
    ]);
  });

  it('has no field that no column holds', () => {
    expect(() => columnsOf(z.object({ nested: z.object({}) }))).toThrow("the field 'nested' is of a kind");
  });
});

describe('the dataset', () => {
  it('has the 25 columns of the full schema, in its order', () => {
    const { columns } = consultationDocumentsPreprocessed;

    expect(columns).toHaveLength(25);
    expect(columns.map(({ name }) => name)).toEqual(Object.keys(fullConsultationDocumentSchemaV1.shape));
  });

  it('knows 26 topics, 13 types of documents, 26 cantons and the Confederation', () => {
    expect([topics, documentTypes, politicalBodies].map((words) => new Set(words).size)).toEqual([26, 13, 27]);
  });
});
