import { type DetectedLanguage, detectLanguage, type LanguageSample } from './detect-language.ts';
import { type Language, languages } from './vocabularies.ts';

/** A document as far as its language is concerned. */
export interface LanguageQuestion extends LanguageSample {
  readonly source: string;
  readonly apiLanguage: string;
}

/** The language of a document, with what was detected; or none. */
export type LanguageDecision =
  | { readonly language: Language; readonly detected: DetectedLanguage | undefined }
  | { readonly undetermined: string };

/**
 * Cantonal documents get the detected language, because the platform's is unreliable there; federal ones keep it.
 *
 * A guess that is not sure of itself does not overrule the platform.
 *
 * @see the specification of consultation-documents, section 4.5
 */
export function decideLanguage(question: LanguageQuestion): LanguageDecision {
  const { apiLanguage } = question;
  const allowed = languages.find((language) => language === apiLanguage);
  if (question.source === 'fedlex') {
    return allowed ? { language: allowed, detected: undefined } : { undetermined: `'${apiLanguage}' of the API` };
  }
  const detected = detectLanguage(question);
  if (detected?.isConfident) return { language: detected.language, detected };
  if (allowed) return { language: allowed, detected };
  const guess = detected ? `'${detected.language}' is a guess with a lead of ${detected.lead}` : 'there are no words';
  return { undetermined: `the API says '${apiLanguage}' and ${guess}` };
}

/** The original's rule, in which the first guess counts; without a title or a guess there is none, and the run stops. */
export function decideLanguageAsOriginal(question: LanguageQuestion): LanguageDecision {
  if (question.source === 'fedlex') return decideLanguage(question);
  if (question.title === null) return { undetermined: 'the title is null' };
  // the original knows no Romansh
  const detected = detectLanguage({ ...question, politicalBody: '' });
  return detected ? { language: detected.language, detected } : { undetermined: 'there are no words' };
}
