import type { SeededChance } from './seeded-chance.ts';

/** What headlines are made from: each `_` is the place of a topic, or of something that is always about. */
const patterns = [
  'A _ and a _ for the _',
  'How the _ of the _ Became a _',
  'What to Know About the _ and the _',
  '_ and _ Return to the _',
  'In the _, a _ Meets Its _',
  '_ Faces _ Over _: ‘It’s a _’',
  'The _ That Changed the _',
  '5 Ways to Love a _ Without a _',
  '_ — and _ — in Upper _',
  'Where Every _ Is a _ and Every _ a _',
] as const;

/** Always about, at no growth. */
const everydayWords: readonly [string, ...string[]] = [
  'Beyoncé-Fan',
  ...['Garden', 'Bridge', 'Kitchen', 'Library', 'Market', 'River', 'Museum', 'Teacher', 'Painter', 'Winter'],
  ...['Summer', 'Station', 'Theater', 'Baker', 'Sailor', 'Meadow', 'Violin', 'Letter', 'Village', 'Mirror'],
  ...['Island', 'Harbor', 'Forest', 'Canyon', 'Puzzle', 'Recipe', 'Doctor', 'Farmer', 'Singer', 'Novel'],
  ...['Pilot', 'Castle', 'Window', 'Ladder', 'Lantern', 'Copper', 'Velvet', 'Thunder', 'Pepper', 'Button'],
];

/** How many of these words are wanted, and how many places there are. */
export type WantedWords = (wordCount: number, places: number) => readonly string[];

/**
 * Headlines of one day.
 *
 * @param wanted the topics to put into them, given how many words they will have once every place is taken
 */
export function headlinesOfDay(count: number, wanted: WantedWords, chance: SeededChance): string[] {
  const chosen = Array.from({ length: count }, () => chance.pick(patterns));
  const places = chosen.join(' ').split('_').length - 1;
  const words = chosen.flatMap((pattern) => pattern.split(' ')).filter((word) => !/\d|^—$/.test(word));
  const content = [...wanted(words.length, places)];
  while (content.length < places) content.push(chance.pick(everydayWords));
  shuffle(content, chance);
  return chosen.map((pattern) => pattern.replaceAll('_', () => titleCase(content.pop() ?? '', chance)));
}

function titleCase(word: string, chance: SeededChance): string {
  const capital = word.charAt(0).toUpperCase() + word.slice(1);
  return chance.happens(0.04) ? `${capital}’s` : capital;
}

function shuffle(items: string[], chance: SeededChance): void {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = chance.between(0, last);
    const moved = items[last] ?? '';
    items[last] = items[other] ?? '';
    items[other] = moved;
  }
}
