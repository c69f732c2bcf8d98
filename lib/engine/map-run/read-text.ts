/** The text of bytes that come in pieces; a character may be split between two of them. */
export async function* decodeText(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const piece of pieces) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}

/** The lines of a text that comes in pieces, without their line breaks; as many at a time as a piece completes. */
export async function* readLines(pieces: AsyncIterable<string>): AsyncGenerator<string[]> {
  let unfinished: string[] = [];
  for await (const piece of pieces) {
    const end = piece.lastIndexOf('\n');
    unfinished.push(piece.slice(0, end < 0 ? piece.length : end));
    if (end < 0) continue;
    yield unfinished.join('').split('\n').map(withoutReturn);
    unfinished = [piece.slice(end + 1)];
  }
  const rest = unfinished.join('');
  if (rest !== '') yield [withoutReturn(rest)];
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** All of a text that comes in pieces. */
export async function readAll(pieces: AsyncIterable<string>): Promise<string> {
  const parts: string[] = [];
  for await (const piece of pieces) parts.push(piece);
  return parts.join('');
}
