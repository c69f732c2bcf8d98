import { deflateSync } from 'node:zlib';

/** What a made-up PDF may have besides its text. */
export interface PdfOptions {
  /** Asks for a password that no one knows. */
  readonly encrypted?: boolean;
  /** Gives the font a map of characters that takes a reader hours to work through. */
  readonly endless?: boolean;
}

const linesPerPage = 45;
const charactersPerLine = 90;

/** A real PDF of these pages of Latin text, always the same bytes for the same text. */
export function samplePdf(pages: readonly string[], options: PdfOptions = {}): Uint8Array {
  const firstPage = options.endless ? 5 : 4;
  const pageNumbers = pages.map((_, index) => firstPage + 2 * index);
  const font = `<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding${options.endless ? '/ToUnicode 4 0 R' : ''}>>`;
  const objects = [
    latin('<</Type/Catalog/Pages 2 0 R>>'),
    latin(`<</Type/Pages/Count ${pages.length}/Kids[${pageNumbers.map((number) => `${number} 0 R`).join(' ')}]>>`),
    latin(font),
    ...(options.endless ? [stream(latin(endlessMap()))] : []),
    ...pages.flatMap((page, index) => [
      latin(
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents ${(pageNumbers[index] ?? 0) + 1} 0 R>>`,
      ),
      stream(latin(contentOf(page))),
    ]),
  ];
  return file(objects, options.encrypted ? encryption : '');
}

/** No password fits these: the digests are made up. */
const encryption = `/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<${'41'.repeat(32)}>/U<${'42'.repeat(32)}>>>`;

function contentOf(page: string): string {
  const lines = page.split('\n').flatMap(wrapped).slice(0, linesPerPage);
  const shown = lines.map((line) => `(${line.replaceAll(/[\\()]/g, (character) => `\\${character}`)}) Tj T*`);
  return `BT /F1 10 Tf 12 TL 56 790 Td\n${shown.join('\n')}\nET`;
}

function wrapped(line: string): string[] {
  return line.match(new RegExp(`.{1,${charactersPerLine}}(?= |$)|.{${charactersPerLine}}`, 'g')) ?? [''];
}

/** Legal, small when compressed, and thousands of millions of entries. */
function endlessMap(): string {
  return `/CIDInit /ProcSet findresource begin begincmap
1 begincodespacerange <0000> <ffff> endcodespacerange
${'100 beginbfrange\n'.concat('<0000> <ffff> <0000>\n'.repeat(100), 'endbfrange\n').repeat(2000)}endcmap`;
}

function stream(content: Buffer): Buffer {
  const packed = deflateSync(content);
  return Buffer.concat([
    latin(`<</Length ${packed.length}/Filter/FlateDecode>>stream\n`),
    packed,
    latin('\nendstream'),
  ]);
}

/** The objects, numbered from 1, with the table of where each begins. */
function file(objects: readonly Buffer[], trailer: string): Uint8Array {
  const parts = [latin('%PDF-1.4\n')];
  const offsets: number[] = [];
  let offset = parts[0]?.length ?? 0;
  for (const [index, object] of objects.entries()) {
    const part = Buffer.concat([latin(`${index + 1} 0 obj\n`), object, latin('\nendobj\n')]);
    offsets.push(offset);
    offset += part.length;
    parts.push(part);
  }
  const entries = offsets.map((each) => `${String(each).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  parts.push(
    latin(`xref\n0 ${size}\n0000000000 65535 f \n${entries}trailer<</Size ${size}/Root 1 0 R${trailer}>>\n`),
    latin(`startxref\n${offset}\n%%EOF\n`),
  );
  return Buffer.concat(parts);
}

function latin(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
