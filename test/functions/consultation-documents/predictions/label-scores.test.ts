import { describe, expect, it } from 'vitest';
import {
  type LabelScore,
  likelyTopics,
  rankedTypes,
} from '../../../../functions/consultation-documents/predictions/label-scores.ts';

describe('topics', () => {
  it.each<{ name: string; scores: Record<string, number>; expected: LabelScore[] }>([
    {
      name: 'above one half only, with four digits (worked case 10.12, c1)',
      scores: { energy: 0.81239, health: 0.5, sports: 0.2 },
      expected: [{ label: 'energy', score: 0.8124 }],
    },
    { name: 'none when none is likely (worked case 10.12, c2)', scores: { energy: 0.4 }, expected: [] },
    {
      name: 'highest first, then by name',
      scores: { sports: 0.6, energy: 0.9, health: 0.6 },
      expected: [
        { label: 'energy', score: 0.9 },
        { label: 'health', score: 0.6 },
        { label: 'sports', score: 0.6 },
      ],
    },
    {
      name: 'by what the model said, not by what is left of it after rounding',
      scores: { energy: 0.500_04 },
      expected: [{ label: 'energy', score: 0.5 }],
    },
  ])('are $name', ({ scores, expected }) => {
    expect(likelyTopics(scores)).toEqual(expected);
  });
});

describe('types', () => {
  it('are all that the model knows, highest first, the merged ones added up', () => {
    expect(
      rankedTypes({
        DRAFT: 0.30006,
        SURVEY: 0.1,
        RESPONSE_FORM: 0.25,
        VARIOUS_TEXT: 0,
        DECISION: 0.1,
        PRESS_RELEASE: 0.05,
      }),
    ).toEqual([
      { label: 'SURVEY', score: 0.35 },
      { label: 'DRAFT', score: 0.3001 },
      { label: 'VARIOUS_TEXT', score: 0.15 },
    ]);
  });
});
