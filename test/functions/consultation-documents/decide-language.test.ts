import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import {
  decideLanguage,
  decideLanguageAsOriginal,
  type LanguageQuestion,
} from '../../../functions/consultation-documents/decide-language.ts';
import { sampleSubjects, sampleText } from '../../../samples/demokratis-texts.ts';
import { hasSharedData, realRows } from './shared-data.ts';

function question(parts: Partial<LanguageQuestion>): LanguageQuestion {
  return { source: 'openparldata', politicalBody: 'zh', apiLanguage: 'de', title: null, text: null, ...parts };
}

const french = {
  title: 'Rapport explicatif',
  text: "Madame, Monsieur, nous avons l'honneur de vous soumettre le présent projet…",
};

describe('10.6 the language', () => {
  it.each([
    { name: 'of a cantonal document is detected', parts: french, language: 'fr' },
    {
      name: 'is detected from the text, whatever the platform says',
      parts: {
        apiLanguage: 'fr',
        title: 'Begleitbrief.pdf',
        text: 'Sehr geehrte Damen und Herren, wir laden Sie ein…',
      },
      language: 'de',
    },
    { name: 'is detected from the title alone', parts: { title: 'Messaggio' }, language: 'it' },
    { name: 'of a federal document stays', parts: { ...french, source: 'fedlex', apiLanguage: 'rm' }, language: 'rm' },
  ])('$name', ({ parts, language }) => {
    expect(decideLanguage(question(parts))).toMatchObject({ language });
    expect(decideLanguageAsOriginal(question(parts))).toMatchObject({ language });
  });

  const digits = { title: '2024-17.pdf', text: '12 34' };

  it('stays, and is not sure, when there are no words', () => {
    expect(decideLanguage(question(digits))).toEqual({ language: 'de', detected: undefined });
    expect(decideLanguageAsOriginal(question(digits))).toEqual({ undetermined: 'there are no words' });
  });

  it('is undetermined when the platform names none that is allowed either', () => {
    expect(decideLanguage(question({ ...digits, apiLanguage: 'xx' }))).toEqual({
      undetermined: "the API says 'xx' and there are no words",
    });
  });

  it('is not overruled by a guess from a word or two', () => {
    expect(decideLanguage(question({ title: 'Adressatenliste' }))).toMatchObject({
      language: 'de',
      detected: { language: 'fr', isConfident: false },
    });
  });

  it('takes no title for an empty one, where the original stops', () => {
    expect(decideLanguage(question({ text: french.text }))).toMatchObject({ language: 'fr' });
    expect(decideLanguageAsOriginal(question({ text: french.text }))).toEqual({ undetermined: 'the title is null' });
  });
});

describe('Romansh', () => {
  it.each(
    sampleSubjects.map((subject) => ({ name: subject.titles.rm, text: sampleText(subject, 'rm', 2).join('\n') })),
  )('is detected in the Grisons: $name', ({ text }) => {
    expect(decideLanguage(question({ politicalBody: 'gr', text }))).toMatchObject({ language: 'rm' });
  });

  it.each(['de', 'fr', 'it'] as const)('is not seen where a document of the Grisons is in %s', (language) => {
    const text = sampleText(sampleSubjects[0], language, 2).join('\n');

    expect(decideLanguage(question({ politicalBody: 'gr', text }))).toMatchObject({ language });
  });
});

describe.skipIf(!hasSharedData)('the 115 real documents of November 2024', () => {
  it('agree with the detector in 99 of 100 titles or more', async () => {
    const rows = await realRows(tmpdir(), 'sample_document_metadata_2024-11.csv');
    const agreeing = rows.filter((row) => {
      const [politicalBody, title] = [String(row.political_body), String(row.document_title)];
      const apiLanguage = String(row.document_language);
      const decision = decideLanguage(question({ politicalBody, title, apiLanguage }));
      return 'language' in decision && decision.language === apiLanguage;
    });

    expect(rows).toHaveLength(115);
    expect(agreeing.length / rows.length).toBeGreaterThanOrEqual(0.99);
  });
});
