import { describe, expect, it } from 'vitest';
import { consultationRecords } from '../../../../functions/consultation-documents/predict-consultation-topics/consultation-records.ts';
import type { Row } from '../../../../lib/table/cell.ts';

const row = (id: string, document: number[]): Row => ({
  consultation_identifier: id,
  document,
  title: [10, 20],
  organisation: [30, 40],
  embedding_model: 'm',
});

async function* pieces(...rows: readonly Row[][]) {
  yield* rows;
}

describe('what a model is asked about a consultation', () => {
  it.each([
    { name: 'one piece', given: [[row('c1', [1, 2]), row('c1', [3, 4]), row('c2', [5, 6])]] },
    { name: 'pieces that part a consultation', given: [[row('c1', [1, 2])], [row('c1', [3, 4]), row('c2', [5, 6])]] },
  ])('is title, mean of its documents and organisation, from $name', async ({ given }) => {
    const records = (await Array.fromAsync(consultationRecords(pieces(...given)))).flat();

    expect(records).toEqual([
      { consultation: 'c1', embeddingModel: 'm', embedding: [10, 20, 2, 3, 30, 40] },
      { consultation: 'c2', embeddingModel: 'm', embedding: [10, 20, 5, 6, 30, 40] },
    ]);
  });
});
