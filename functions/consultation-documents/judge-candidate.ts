import { InvalidDataError } from '../../lib/errors.ts';
import { shapeProblems } from '../../lib/source/shape-problems.ts';
import { decideLanguage, decideLanguageAsOriginal } from './decide-language.ts';
import type { DetectedLanguage } from './detect-language.ts';
import { fullConsultationDocumentSchemaV1 } from './document-schema.ts';

/** A document that may become a row of the dataset; of its text only the beginning. */
export interface Candidate {
  readonly origin: string;
  /** What its file gave, when it was read. */
  readonly extraction: { readonly status: string; readonly detail: string | null } | undefined;
  /** The row's fields; `document_content_plain` holds the beginning of the text, or null. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A row with its language, or the stage and reason for which it is none. */
export type Judgement =
  | { readonly language: string; readonly detected: DetectedLanguage | undefined }
  | {
      readonly stage: 'extraction' | 'filter' | 'language' | 'validation';
      readonly reason: string;
      readonly detail: string;
    };

/**
 * Whether a document is a row of the dataset: it needs a text, a language, and values within the schema.
 *
 * @see the specification of consultation-documents, sections 4.5, 4.8 and 4.9
 */
export function judgeCandidate(candidate: Candidate): Judgement {
  const { fields, extraction } = candidate;
  const text = fields.document_content_plain;
  if (typeof text !== 'string') return withoutText(candidate);
  if (text.trim() === '')
    return {
      stage: 'filter',
      reason: 'empty_text',
      detail: extraction ? 'the file has no words' : 'the text has no words',
    };
  const decision = decideLanguage(languageQuestion(candidate, text));
  if ('undetermined' in decision) {
    return { stage: 'language', reason: 'language_undetermined', detail: decision.undetermined };
  }
  const problems = problemsOf({ ...fields, document_language: decision.language });
  return problems === undefined ? decision : { stage: 'validation', reason: 'schema', detail: problems };
}

/**
 * The original's rules: an empty text stays, and a value outside the schema or a language that nothing tells stops the run.
 *
 * @throws {InvalidDataError}
 */
export function judgeAsOriginal(candidate: Candidate): Judgement {
  const { fields } = candidate;
  const text = fields.document_content_plain;
  if (typeof text !== 'string') {
    const without = withoutText(candidate);
    return without.stage === 'extraction' ? { ...without, reason: 'extraction_failed' } : without;
  }
  const decision = decideLanguageAsOriginal(languageQuestion(candidate, text));
  if ('undetermined' in decision) {
    throw new InvalidDataError(`no language for document '${fields.document_uuid}': ${decision.undetermined}`);
  }
  const problems = problemsOf({ ...fields, document_language: decision.language });
  if (problems === undefined) return decision;
  throw new InvalidDataError(`document '${fields.document_uuid}' breaks the schema: ${problems}`);
}

function withoutText({ origin, extraction }: Candidate): Extract<Judgement, { reason: string }> {
  if (origin !== 'extract' && origin !== 'known')
    return { stage: 'filter', reason: origin, detail: reasons[origin] ?? '' };
  if (extraction) return { stage: 'extraction', reason: extraction.status, detail: extraction.detail ?? '' };
  return {
    stage: 'extraction',
    reason: 'not_read',
    detail: 'the batch that was to read the file failed or ran out of time',
  };
}

const reasons: Readonly<Record<string, string>> = {
  not_in_documents_content: 'the platform has no text of it',
  no_stored_file: 'the platform has neither a text nor a file of it',
  not_pdf: 'its file is no PDF',
  unsupported_type: 'its file is of a type that cannot be read',
};

function languageQuestion({ fields }: Candidate, text: string | null) {
  return {
    source: String(fields.document_source),
    politicalBody: String(fields.political_body),
    apiLanguage: String(fields.document_language),
    title: typeof fields.document_title === 'string' ? fields.document_title : null,
    text,
  };
}

function problemsOf(fields: Readonly<Record<string, unknown>>): string | undefined {
  const parsed = fullConsultationDocumentSchemaV1.safeParse(fields);
  return parsed.success ? undefined : shapeProblems(parsed.error);
}
