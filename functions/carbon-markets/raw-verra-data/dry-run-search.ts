import type { IssuanceWindow } from '../issuance-window.ts';
import { type VerraAnswer, verraAnswer } from '../verra-client.ts';
import answer from './dry-run-answer.json' with { type: 'json' };

/** First and last month of the records that a dry run takes. */
export const dryRunMonths = { from: '2024-01', to: '2024-02' } as const;

/** Answers as the registry would if it held only the few made-up records that come with the code. */
export async function dryRunSearch({ from, to }: IssuanceWindow): Promise<VerraAnswer> {
  const value = answer.value.filter(({ issuanceDate }) => issuanceDate >= from && issuanceDate <= to);
  return verraAnswer.parse({ ...answer, value, totalCount: value.length });
}
