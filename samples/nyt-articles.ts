import { headlinesOfDay } from './nyt-headlines.ts';
import { growthOf, type Season, seasons, shareOn } from './nyt-topics.ts';
import { type SeededChance, seededChance } from './seeded-chance.ts';

/** One article of an answer, under the API's own keys; `pub_date` is what every article has, in UTC. */
export type NytArticle = Readonly<Record<string, unknown>> & { readonly pub_date: string };

const millisecondsPerDay = 86_400_000;
/** Of New York, in winter: the addresses of articles carry its date. */
const newYorkOffsetMs = 5 * 3_600_000;

/**
 * Eighteen months of made-up articles, from the oldest on; always the same.
 *
 * Among them are the surprises of the real archive: bylines that are null, empty or a list, dates with `Z`, numbers in
 * quotes, and in March of each year an article without a headline.
 */
export function sampleNytArticles(): NytArticle[] {
  const chance = seededChance(18_510_918);
  const articles: NytArticle[] = [];
  for (const season of seasons) {
    const wanted = topicsOf(season);
    for (const day of daysOf(season)) {
      const isWeekend = [0, 6].includes(new Date(day).getUTCDay());
      const count = isWeekend ? chance.between(20, 26) : chance.between(28, 36);
      const headlines = headlinesOfDay(count, (words, places) => wanted(day, words, places), chance);
      for (const [index, headline] of headlines.entries()) {
        articles.push(articleOf({ day, headline, index, count }, articles.length, chance));
      }
    }
  }
  return articles;
}

function daysOf({ firstDay, asAt }: Season): string[] {
  const count = (Date.parse(asAt) - Date.parse(firstDay)) / millisecondsPerDay;
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(firstDay) + index * millisecondsPerDay).toISOString().slice(0, 10),
  );
}

/**
 * Says which topics to write about on a day: as often as their shares want, to the word. What is less than a whole
 * word is owed to the next day, so that no chance is in the counts and a fit finds the growth that was built in.
 */
function topicsOf(season: Season): (day: string, words: number, places: number) => string[] {
  const topics = growthOf(season).map((growth) => ({ growth, owed: 0 }));
  return (day, words, places) => {
    const taken: string[] = [];
    for (const topic of topics) {
      topic.owed += shareOn(day, topic.growth, season) * words;
      for (; topic.owed >= 1 && taken.length < places; topic.owed -= 1) taken.push(topic.growth.term);
    }
    return taken;
  };
}

type Section = readonly [name: string, desk: string];

const sections: readonly [Section, ...Section[]] = [
  ['U.S.', 'National'],
  ['New York', 'Metro'],
  ['World', 'Foreign'],
  ['Arts', 'Culture'],
  ['Business Day', 'Business'],
  ['Corrections', ''],
];

interface Written {
  readonly day: string;
  readonly headline: string;
  /** Position within the day, and how many it has. */
  readonly index: number;
  readonly count: number;
}

function articleOf({ day, headline, index, count }: Written, number: number, chance: SeededChance): NytArticle {
  const seconds = Math.floor((index / count) * 86_400) + chance.between(1, 2_000);
  const published = new Date(Date.parse(day) + seconds * 1_000);
  const [section, desk] = chance.pick(sections);
  const id = `nyt://article/00000000-0000-5000-8000-${number.toString(16).padStart(12, '0')}`;
  const path = new Date(published.getTime() - newYorkOffsetMs).toISOString().slice(0, 10).replaceAll('-', '/');
  const wordCount = chance.between(120, 2_400);
  return {
    abstract: `A made-up article, number ${number}.`,
    web_url: `https://www.nytimes.example/${path}/${slug(section)}/${slug(headline)}-${number}.html`,
    source: 'The Sample Times',
    headline: { main: headlineOf(headline, day, index), kicker: null, print_headline: '' },
    keywords: [],
    // the real one writes both forms
    pub_date: published.toISOString().replace('.000Z', number % 40 === 9 ? 'Z' : '+0000'),
    document_type: number % 50 === 7 ? 'multimedia' : 'article',
    news_desk: number % 50 === 7 ? null : desk,
    section_name: section,
    byline: bylineOf(number, chance),
    type_of_material: 'News',
    _id: id,
    uri: id,
    word_count: number % 60 === 11 ? String(wordCount) : wordCount,
  };
}

/** Without it, an article is malformed; JSON leaves out what is undefined. */
function headlineOf(headline: string, day: string, index: number): string | undefined {
  return /-03-15$/.test(day) && index === 0 ? undefined : headline;
}

function bylineOf(number: number, chance: SeededChance): unknown {
  if (number % 97 === 3) return { original: null, person: [], organization: null };
  if (number % 101 === 5) return [];
  if (number % 103 === 8) return { original: '', person: [], organization: null };
  const first = chance.pick(['Ada', 'Bela', 'Cyrus', 'Dora', 'Emil'] as const);
  const last = chance.pick(['Finch', 'Grove', 'Hale', 'Ivers', 'Jolly'] as const);
  return { original: `By ${first} ${last}`, person: [], organization: null };
}

function slug(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
