import { describe, expect, it } from 'vitest';
import {
  type ChartedTerm,
  growthChart,
} from '../../../../functions/headline-trends/fit-headline-growth/growth-chart.ts';

const days = Array.from({ length: 60 }, (_, index) =>
  new Date(Date.UTC(2026, 0, index + 1)).toISOString().slice(0, 10),
);
const charted = { start: '2026-01-01', days };

/** A term whose share is the fitted one itself. */
function term(name: string, slope: number, intercept = -6): ChartedTerm {
  const shares = days.map((_, day) => 1 / (1 + Math.exp(-(intercept + slope * day))));
  return { term: name, shares, intercept, slope };
}

const draw = (...terms: ChartedTerm[]) => growthChart('Terms', charted, terms);
/** What stands on the picture, in the order in which it is drawn. */
const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text.trim());

describe('growthChart', () => {
  it('is the same picture every time, whatever was drawn before', () => {
    const first = draw(term('comet', 0.02));
    draw(term('opera', -0.01), term('glacier', -0.02));

    expect(draw(term('comet', 0.02))).toBe(first);
  });

  it('names each term with its rank and how fast it grows or fades', () => {
    const texts = textsOf(draw(term('comet', 0.02), term('opera', -0.01)));

    expect(texts).toEqual(
      expect.arrayContaining(['Terms', '1', 'comet', 'doubles every 35 days', '2', 'opera', 'halves every 69 days']),
    );
  });

  it('gives each term a scale of its own, in per cent', () => {
    const texts = textsOf(draw(term('comet', 0, -3), term('opera', 0, -6)));

    expect(texts.filter((text) => text.endsWith('%'))).toEqual(expect.arrayContaining(['4 %', '0.2 %']));
  });

  it.each([
    { terms: 1, height: 254 },
    { terms: 2, height: 254 },
    { terms: 10, height: 934 },
  ])('is $height high for $terms', ({ terms, height }) => {
    const svg = draw(...Array.from({ length: terms }, (_, index) => term(`term${index}`, 0.01)));

    expect(svg).toMatch(new RegExp(`^<svg width="1200" height="${height}"`));
  });

  it('says so when no term is sure enough', () => {
    expect(textsOf(draw())).toEqual(['Terms', 'no term is sure enough to be ranked']);
  });

  it('draws terms that have no row on some days', () => {
    const gappy = { ...term('comet', 0.02), shares: days.map((_, day) => (day % 3 === 0 ? 0.01 : null)) };

    expect(draw(gappy)).not.toContain('NaN');
  });
});
