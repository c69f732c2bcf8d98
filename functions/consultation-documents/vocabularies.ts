/** Topics of consultations. @see the specification of consultation-documents, section 5.3 */
export const topics = [
  'administration',
  'agriculture',
  'communications',
  'culture',
  'defense',
  'economics',
  'education',
  'energy',
  'environment',
  'finance',
  'foreign_policy',
  'health',
  'housing',
  'insurance',
  'it',
  'law',
  'media',
  'migration',
  'political_system',
  'public_finance',
  'science',
  'security',
  'social',
  'spatial_planning',
  'sports',
  'transportation',
] as const;

/** Types of documents: those of Fedlex first, then those that Demokratis adds. */
export const documentTypes = [
  'LETTER',
  'DRAFT',
  'RECIPIENT_LIST',
  'REPORT',
  'FINAL_REPORT',
  'OPINION',
  'VARIOUS_TEXT',
  'SYNOPTIC_TABLE',
  'SURVEY',
  'RESPONSE_FORM',
  'LINK',
  'DECISION',
  'PRESS_RELEASE',
] as const;

/** What the Confederation is called among the political bodies. */
export const federalBody = 'ch';

/** The Confederation and the 26 cantons. */
export const politicalBodies = [
  federalBody,
  ...['ag', 'ai', 'ar', 'be', 'bl', 'bs', 'fr', 'ge', 'gl', 'gr', 'ju', 'lu', 'ne'],
  ...['nw', 'ow', 'sg', 'sh', 'so', 'sz', 'tg', 'ti', 'ur', 'vd', 'vs', 'zg', 'zh'],
] as const;

/** The national languages. */
export const languages = ['de', 'fr', 'it', 'rm'] as const;

export type Language = (typeof languages)[number];

/** Where the platform has a document from: federal ones from Fedlex, cantonal ones from OpenParlData. */
export const documentSources = ['fedlex', 'openparldata'] as const;

/** Who gave a consultation its topics. */
export const topicsLabelSources = ['openparldata', 'organisation_rule', 'manual'] as const;

/** Who gave a document its type; `unverified` is ours, for a type that no reviewer and no register vouches for. */
export const typeLabelSources = ['fedlex', 'rule', 'manual', 'unverified'] as const;
