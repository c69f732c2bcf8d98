import { eld } from 'eld/small';
import { francAll } from 'franc-all';
import { type Language, languages } from './vocabularies.ts';

/** The detectors, for manifests. */
export const languageDetectors = 'eld 2.1.0 (small), franc-all 7.2.0';

/** What a guess at a language is made from. */
export interface LanguageSample {
  readonly politicalBody: string;
  readonly title: string | null;
  /** Only the beginning is looked at. */
  readonly text: string | null;
}

/** A language, and how far it is ahead of the next likely one (0 to 1). */
export interface DetectedLanguage {
  readonly language: Language;
  readonly lead: number;
  /** False when the sample is too short for that lead, or has few words of any language. */
  readonly isConfident: boolean;
}

const sampleCharacters = 1000;
/** The one canton that writes Romansh. */
const romanshCanton = 'gr';
/** Fewest letters that can tell Romansh from Italian. */
const fewestRomanshLetters = 25;
const romanshLead = 0.01;
/** A sample with fewer letters is a title such as `Adressatenliste`, whose letters say little. */
const shortSampleLetters = 60;
const shortSampleLead = 0.2;
const otherCandidates = ['de', 'fr', 'it'];

eld.setLanguageSubset(otherCandidates);

/**
 * The most likely of German, French and Italian, and of Romansh for documents of the Grisons; undefined when the sample
 * has no words.
 *
 * @see the specification of consultation-documents, section 4.5, and section 9, point 8
 */
export function detectLanguage({ politicalBody, title, text }: LanguageSample): DetectedLanguage | undefined {
  const sample = `${title ?? ''}\n${(text ?? '').slice(0, sampleCharacters)}`;
  const letters = sample.replaceAll(/\P{L}/gu, '').length;
  if (politicalBody === romanshCanton && letters >= fewestRomanshLetters) {
    const [first, second] = francAll(sample, { only: ['deu', 'fra', 'ita', 'roh'] });
    const lead = 1 - (second?.[1] ?? 0);
    if (first?.[0] === 'roh' && lead >= romanshLead) return { language: 'rm', lead, isConfident: true };
  }
  return amongOthers(sample, letters);
}

function amongOthers(sample: string, letters: number): DetectedLanguage | undefined {
  const detected = eld.detect(sample);
  const language = languages.find((each) => each === detected.language);
  if (language === undefined) return undefined;
  const [first = 0, second = 0] = Object.values(detected.getScores()).sort((a, b) => b - a);
  const lead = Number((first - second).toFixed(4));
  const isConfident = detected.isReliable() && (letters >= shortSampleLetters || lead >= shortSampleLead);
  return { language, lead, isConfident };
}
