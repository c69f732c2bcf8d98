import { getDocumentProxy } from 'unpdf';
import type { PdfFeatures } from '../document-features.contract.ts';
import { countTables } from './find-tables.ts';
import { readDrawing } from './page-drawing.ts';

/** Of longer PDFs the first page is looked at, and no other. @see the specification, section 7.1 */
const mostPages = 100;
const mostBytes = 30 * 2 ** 20;

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;

/** The figures of a PDF. Rejects with what the library throws when it is none, or one that cannot be read. */
export async function measurePdf(bytes: Uint8Array): Promise<PdfFeatures> {
  const sizeBytes = bytes.byteLength;
  const document = await getDocumentProxy(bytes, { verbosity: 0 });
  try {
    const first = await measurePage(document, 1);
    const facts = { contains_table_on_first_page: first.tables > 0, count_pages: document.numPages };
    if (document.numPages > mostPages || sizeBytes > mostBytes) return { ...facts, ...unknown };
    const pages = [first];
    for (let number = 2; number <= document.numPages; number += 1) pages.push(await measurePage(document, number));
    return {
      ...facts,
      count_tables: sum(pages.map(({ tables }) => tables)),
      count_pages_containing_tables: pages.filter(({ tables }) => tables > 0).length,
      count_images: sum(pages.map(({ images }) => images)),
      count_pages_containing_images: pages.filter(({ images }) => images > 0).length,
      average_page_aspect_ratio: sum(pages.map(({ aspectRatio }) => aspectRatio)) / pages.length,
    };
  } finally {
    await document.loadingTask.destroy();
  }
}

const unknown = {
  count_tables: null,
  count_pages_containing_tables: null,
  count_images: null,
  count_pages_containing_images: null,
  average_page_aspect_ratio: null,
} as const;

async function measurePage(document: Document, number: number) {
  const page = await document.getPage(number);
  const { lines, images } = await readDrawing(await page.getOperatorList());
  const { width, height } = page.getViewport({ scale: 1 });
  page.cleanup();
  return { tables: countTables(lines), images, aspectRatio: width / height };
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0);
}
