import { crc32 } from 'node:zlib';

/** A real Word file of these paragraphs, always the same bytes for the same text. */
export function sampleDocx(paragraphs: readonly string[]): Uint8Array {
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  const officeDocument = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument';
  const body = paragraphs.map((text) => `<w:p><w:r><w:t>${escaped(text)}</w:t></w:r></w:p>`).join('');
  return zip({
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${officeDocument}" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** An archive of texts, stored as they are. */
function zip(files: Readonly<Record<string, string>>): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const facts = entryFacts(name, content);
    const head = Buffer.concat([numbers(['32', 0x04034b50]), facts, Buffer.from(name)]);
    directory.push(
      Buffer.concat([
        numbers(['32', 0x02014b50], ['16', 20]),
        facts,
        numbers(['16', 0], ['16', 0], ['16', 0], ['32', 0], ['32', offset]),
        Buffer.from(name),
      ]),
    );
    parts.push(head, content);
    offset += head.length + content.length;
  }
  const listing = Buffer.concat(directory);
  const count = directory.length;
  const end = numbers(
    ['32', 0x06054b50],
    ['16', 0],
    ['16', 0],
    ['16', count],
    ['16', count],
    ['32', listing.length],
    ['32', offset],
    ['16', 0],
  );
  return Buffer.concat([...parts, listing, end]);
}

/** What both the head of a file and its line in the directory say. */
function entryFacts(name: string, content: Buffer): Buffer {
  const firstOfJanuary1980 = 0x21;
  return numbers(
    ['16', 20],
    ['16', 0],
    ['16', 0],
    ['16', 0],
    ['16', firstOfJanuary1980],
    ['32', crc32(content)],
    ['32', content.length],
    ['32', content.length],
    ['16', Buffer.byteLength(name)],
    ['16', 0],
  );
}

/** Numbers of so many bits, little end first. */
function numbers(...fields: readonly (readonly ['16' | '32', number])[]): Buffer {
  return Buffer.concat(
    fields.map(([bits, value]) => {
      const field = Buffer.alloc(bits === '16' ? 2 : 4);
      if (bits === '16') field.writeUInt16LE(value);
      else field.writeUInt32LE(value);
      return field;
    }),
  );
}
