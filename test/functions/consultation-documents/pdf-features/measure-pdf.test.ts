import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { measurePdf } from '../../../../functions/consultation-documents/pdf-features/measure-pdf.ts';
import { root } from '../../../support/source-files.ts';
import { aPdf, picture, ruledTable } from '../a-pdf.ts';

describe('figures of a PDF', () => {
  it('count pages, tables and images, and the pages that have any', async () => {
    const bytes = aPdf(
      { content: `${ruledTable(2, 2)}\n${ruledTable(3, 1, [100, 300])}` },
      { content: `${picture}\n${picture}` },
      { content: 'q 1 0 0 1 20 0 cm\n10 10 200 200 re f Q' },
      { size: [841.92, 595.32] },
    );

    expect(await measurePdf(bytes)).toEqual({
      contains_table_on_first_page: true,
      count_pages: 4,
      count_tables: 2,
      count_pages_containing_tables: 1,
      count_images: 2,
      count_pages_containing_images: 1,
      average_page_aspect_ratio: (3 * (595.32 / 841.92) + 841.92 / 595.32) / 4,
    });
  });

  it('see a table where the page moves and scales it, and none in a path that only clips', async () => {
    const bytes = aPdf(
      { content: `q 0.5 0 0 0.5 50 50 cm\n${ruledTable(2, 2)}\nQ` },
      { content: ruledTable(2, 2).replaceAll(' S', ' W n') },
    );

    expect(await measurePdf(bytes)).toMatchObject({ count_tables: 1, contains_table_on_first_page: true });
  });

  it('are only those of the first page when there are more than 100', async () => {
    const pages = Array.from({ length: 101 }, (_, index) => ({ content: index === 0 ? ruledTable(2, 1) : picture }));

    expect(await measurePdf(aPdf(...pages))).toEqual({
      contains_table_on_first_page: true,
      count_pages: 101,
      count_tables: null,
      count_pages_containing_tables: null,
      count_images: null,
      count_pages_containing_images: null,
      average_page_aspect_ratio: null,
    });
  });
});

const realFolder = join(root, '../shared/data/consultation-documents/real/pdf');

describe.skipIf(!existsSync(realFolder))('figures of real PDFs', () => {
  it.each([
    { file: '51873-de-VARIOUS_TEXT.pdf', pages: 1, tables: 0, aspectRatio: 0.704555 },
    { file: '52543-de-VARIOUS_TEXT.pdf', pages: 2, tables: 2, aspectRatio: 1.414603 }, // a synoptic table
    { file: '53135-de-DRAFT.pdf', pages: 2, tables: 0, aspectRatio: 0.704898 }, // as in the real data set
    { file: '53158-fr-DRAFT.pdf', pages: 3, tables: 0, aspectRatio: 0.704697 },
  ])('$file', async ({ file, pages, tables, aspectRatio }) => {
    const features = await measurePdf(new Uint8Array(readFileSync(join(realFolder, file))));

    expect(features).toMatchObject({ count_pages: pages, count_tables: tables, count_images: 0 });
    expect(features.average_page_aspect_ratio).toBeCloseTo(aspectRatio, 6);
  });
});
