/** One label that a model gave, and how sure it is of it: from 0 to 1, four digits. */
export interface LabelScore {
  readonly label: string;
  readonly score: number;
}

type Scores = Readonly<Record<string, number>>;

/** Labels that the model does not tell apart from others. @see the specification of consultation-documents, section 7.4 */
const mergedTypes: Readonly<Record<string, string>> = {
  RESPONSE_FORM: 'SURVEY',
  DECISION: 'VARIOUS_TEXT',
  PRESS_RELEASE: 'VARIOUS_TEXT',
};

/** Every type with its score, highest first, and the scores of merged types added up. */
export function rankedTypes(scores: Scores): LabelScore[] {
  const merged = new Map<string, number>();
  for (const [label, score] of Object.entries(scores)) {
    const type = mergedTypes[label] ?? label;
    merged.set(type, (merged.get(type) ?? 0) + score);
  }
  return ranked([...merged]);
}

const topicThreshold = 0.5;

/** The topics that are more likely than not, highest first. @see the specification of consultation-documents, section 7.5 */
export function likelyTopics(scores: Scores): LabelScore[] {
  return ranked(Object.entries(scores).filter(([, score]) => score > topicThreshold));
}

function ranked(scores: readonly (readonly [string, number])[]): LabelScore[] {
  return scores
    .map(([label, score]) => ({ label, score: Number(score.toFixed(4)) }))
    .sort((a, b) => b.score - a.score || (a.label < b.label ? -1 : 1));
}
