import { describe, expect, it } from 'vitest';
import {
  type NormalisedDocument,
  normaliseRecord,
} from '../../../functions/consultation-documents/normalise-record.ts';
import { metadataRecord, tag } from './api-records.ts';

function documentOf(fields: Readonly<Record<string, unknown>>, isCompat = false): NormalisedDocument {
  const outcome = normaliseRecord(metadataRecord(fields), isCompat);
  if ('document' in outcome) return outcome.document;
  throw new Error(`dropped: ${JSON.stringify(outcome.dropped)}`);
}

describe('10.1 source and label sources', () => {
  const both = ['topics_reviewed', 'document_types_reviewed'];
  it.each([
    { body: 'ch', tags: both, type: 'DRAFT', expected: ['fedlex', 'manual', 'manual', 'DRAFT'] },
    { body: 'ch', tags: null, type: 'REPORT', expected: ['fedlex', 'organisation_rule', 'fedlex', 'REPORT'] },
    { body: 'ch', tags: [], type: null, expected: ['fedlex', 'organisation_rule', 'fedlex', null] },
    { body: 'zh', tags: [], type: 'VARIOUS_TEXT', expected: ['openparldata', 'openparldata', null, null] },
    {
      body: 'zh',
      tags: ['document_types_reviewed'],
      type: 'VARIOUS_TEXT',
      expected: ['openparldata', 'openparldata', 'manual', 'VARIOUS_TEXT'],
    },
    { body: 'zh', tags: [], type: 'LETTER', expected: ['openparldata', 'openparldata', null, 'LETTER'] },
    { body: 'zh', tags: ['topics_reviewed'], type: 'VARIOUS_TEXT', expected: ['openparldata', 'manual', null, null] },
  ])('of $body with tags $tags and type $type', ({ body, tags, type, expected }) => {
    const document = documentOf(
      {
        political_body: body,
        consultation_internal_tags: tags?.map((name) => tag(name)) ?? null,
        document_type: type,
      },
      true,
    );

    expect([
      document.document_source,
      document.consultation_topics_label_source,
      document.document_type_label_source,
      document.document_type,
    ]).toEqual(expected);
  });

  it('calls a cantonal type that no reviewer vouches for unverified', () => {
    const document = documentOf({ political_body: 'zh', document_type: 'LETTER' });

    expect(document.document_type_label_source).toBe('unverified');
  });
});

describe('10.2 topics', () => {
  it.each([
    { text: 'energy, environment', original: ['energy', 'environment'], better: ['energy', 'environment'] },
    {
      text: ' law ,, administration,law',
      original: ['administration', 'law', 'law'],
      better: ['administration', 'law'],
    },
    { text: null, original: [], better: [] },
    { text: '', original: [], better: [] },
    { text: ' , ', original: [], better: [] },
  ])("of '$text' are sorted, and each there once", ({ text, original, better }) => {
    expect(documentOf({ consultation_topics: text }, true).consultation_topics).toEqual(original);
    expect(documentOf({ consultation_topics: text }).consultation_topics).toEqual(better);
  });
});

describe('10.3 tags', () => {
  it('have times without zone', () => {
    const tags = [tag('topics_reviewed')];

    expect(documentOf({ consultation_internal_tags: tags }).consultation_internal_tags).toEqual([
      { name: 'topics_reviewed', created_at: '2024-11-04T15:11:24' },
    ]);
  });

  it('are an empty list for null', () => {
    expect(documentOf({ consultation_internal_tags: null }).consultation_internal_tags).toEqual([]);
  });

  it('stay in their order when two have the same name', () => {
    const tags = [tag('topics_reviewed', '2024-01-01 00:00:00'), tag('topics_reviewed', '2025-01-01T00:00:00+01:00')];

    expect(documentOf({ consultation_internal_tags: tags }).consultation_internal_tags).toEqual([
      { name: 'topics_reviewed', created_at: '2024-01-01T00:00:00' },
      { name: 'topics_reviewed', created_at: '2024-12-31T23:00:00.000' },
    ]);
  });
});

describe('what is no row', () => {
  it.each([
    {
      name: 'a document without a start date',
      fields: { consultation_start_date: null },
      reason: 'missing_start_date',
    },
    { name: 'a placeholder for a link', fields: { document_source_url: '#' }, reason: 'placeholder_url' },
    { name: 'a day that no calendar has', fields: { consultation_end_date: '2024-02-30' }, reason: 'invalid_record' },
    { name: 'a title that is a number', fields: { document_title: 5 }, reason: 'invalid_record' },
  ])('is $name', ({ fields, reason }) => {
    const outcome = normaliseRecord(metadataRecord(fields), false);

    expect(outcome).toMatchObject({ dropped: { documentUuid: 'doc-01', reason } });
  });

  it('has no name when the record has none', () => {
    expect(normaliseRecord(null, false)).toMatchObject({ dropped: { documentUuid: undefined } });
  });
});
