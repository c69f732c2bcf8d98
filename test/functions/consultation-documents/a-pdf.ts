/** One page: its drawing instructions in PDF's own language, in points from the lower left corner. */
export interface PdfPage {
  readonly content?: string;
  /** @default A4 upright */
  readonly size?: readonly [width: number, height: number];
}

/** The bytes of a PDF of these pages. */
export function aPdf(...pages: readonly PdfPage[]): Uint8Array {
  const pageNumbers = pages.map((_, index) => 3 + 2 * index);
  const kids = pageNumbers.map((number) => `${number} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    ...pages.flatMap(({ content = '', size: [width, height] = [595.32, 841.92] }, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Resources << >> /Contents ${4 + 2 * index} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
  ];
  let text = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return String(offset).padStart(10, '0');
  });
  const entries = offsets.map((offset) => `${offset} 00000 n \n`).join('');
  const size = objects.length + 1;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return new TextEncoder().encode(`${text}xref\n0 ${size}\n0000000000 65535 f \n${entries}${trailer}`);
}

/** Instructions for a ruled table of so many columns and rows, each cell 50 by 20, its lower left corner at a place. */
export function ruledTable(columns: number, rows: number, [x, y]: readonly [number, number] = [100, 100]): string {
  const uprights = Array.from(
    { length: columns + 1 },
    (_, n) => `${x + 50 * n} ${y} m ${x + 50 * n} ${y + 20 * rows} l S`,
  );
  const levels = Array.from(
    { length: rows + 1 },
    (_, n) => `${x} ${y + 20 * n} m ${x + 50 * columns} ${y + 20 * n} l S`,
  );
  return [...uprights, ...levels].join('\n');
}

/** Instructions for a picture of one grey dot, 30 points wide. */
export const picture = 'q 30 0 0 30 300 600 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q';
