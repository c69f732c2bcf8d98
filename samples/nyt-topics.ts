/** First and last month of the made-up archive. */
export const nytMonths = { from: '2024-01', to: '2025-06' } as const;

/** Half a year in which every topic keeps its growth; growth is fitted over the six months before `asAt`. */
export interface Season {
  readonly firstDay: string;
  /** The day after the last. */
  readonly asAt: string;
}

/** The half-years of the archive. */
export const seasons: readonly Season[] = [
  { firstDay: '2024-01-01', asAt: '2024-07-01' },
  { firstDay: '2024-07-01', asAt: '2025-01-01' },
  { firstDay: '2025-01-01', asAt: '2025-07-01' },
];

/** What the headlines are about; nothing and nobody real. */
const topics: readonly string[] = [
  ...[
    'lighthouse',
    'ferries',
    'heatwave',
    'orchard',
    'telescope',
    'comet',
    'dockworkers',
    'tunnel',
    'glacier',
    'opera',
  ],
  ...['vineyard', 'parade', 'beavers', 'tramway', 'quarry', 'marathon', 'windmill', 'archive', 'chessboard', 'harvest'],
];

/** Growth per day by which topics differ, so far apart that the sampling error of a fit changes no rank. */
const rates: readonly number[] = [0.026, 0.024, 0.022, 0.02, 0.018, 0.016, 0.014, 0.012, 0.01, 0.008];
const ratesOfSeason: readonly number[] = [...rates, ...rates.map((rate) => -rate)];
/** How far the topics move on in the list of rates from one season to the next. */
const seasonStep = 7;
/** The share of all words that every topic has in the middle of a season. */
const middleShare = 0.0035;
const millisecondsPerDay = 86_400_000;

/** A topic, and how much the logit of its share grows with every day. */
export interface TopicGrowth {
  readonly term: string;
  readonly ratePerDay: number;
}

/** How the topics grow in a season; those that grow most come first, those that shrink most last. */
export function growthOf(season: Season): TopicGrowth[] {
  const offset = seasons.indexOf(season) * seasonStep;
  return topics
    .map((term, index) => ({ term, ratePerDay: ratesOfSeason[(index + offset) % ratesOfSeason.length] ?? 0 }))
    .sort((a, b) => b.ratePerDay - a.ratePerDay);
}

/** The share of a topic among all words of a day: a logistic curve, as the growth model has it. */
export function shareOn(day: string, { ratePerDay }: TopicGrowth, { firstDay, asAt }: Season): number {
  const middleMs = (Date.parse(firstDay) + Date.parse(asAt)) / 2;
  const days = (Date.parse(day) - middleMs) / millisecondsPerDay;
  const odds = (middleShare / (1 - middleShare)) * Math.exp(ratePerDay * days);
  return odds / (1 + odds);
}
