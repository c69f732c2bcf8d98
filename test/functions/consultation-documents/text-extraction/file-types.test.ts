import { expect, it } from 'vitest';
import { languageDetectors } from '../../../../functions/consultation-documents/detect-language.ts';
import { fileTypes } from '../../../../functions/consultation-documents/text-extraction/file-types.ts';
import packageJson from '../../../../package.json' with { type: 'json' };

const versions: Readonly<Record<string, string>> = packageJson.dependencies;

it('names extractors and detectors in the versions that are installed, so that an update is seen in the cache', () => {
  const extractors = [...new Set([...fileTypes.values()].map(({ extractor }) => extractor))];
  const expected = ['unpdf', 'mammoth', 'html-to-text'].map((name) => `${name} ${versions[name]}`);

  expect(extractors).toEqual(expected);
  expect(languageDetectors).toBe(`eld ${versions.eld} (small), franc-all ${versions['franc-all']}`);
});
