const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

/** One element with text children. */
export function textXml(element: string, children: Readonly<Record<string, string>>): string {
  return `${declaration}<${element}>${elements(children)}</${element}>`;
}

/** S3's error document. */
export function errorXml(code: string): string {
  return textXml('Error', { Code: code, Message: `the stand-in says ${code}` });
}

/** One page of ListObjectsV2; `next` is the token of the page after it. */
export function listingXml(
  page: readonly { key: string; etag: string; bytes: Buffer; lastModified: Date }[],
  next: string | undefined,
): string {
  const contents = page.map(({ key, etag, bytes, lastModified }) => {
    const children = { Key: key, LastModified: lastModified.toISOString(), ETag: etag, Size: String(bytes.length) };
    return `<Contents>${elements(children)}</Contents>`;
  });
  const paging = elements({
    IsTruncated: String(next !== undefined),
    ...(next !== undefined && { NextContinuationToken: next }),
  });
  return `${declaration}<ListBucketResult>${paging}${contents.join('')}</ListBucketResult>`;
}

/** The quiet answer of DeleteObjects: nothing went wrong. */
export function deletionXml(): string {
  return `${declaration}<DeleteResult></DeleteResult>`;
}

/** The keys in a DeleteObjects request. */
export function keysToDelete(xml: string): string[] {
  return [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map((match) => unescaped(match[1] ?? ''));
}

/** The parts in a CompleteMultipartUpload request, in the order given. */
export function partNumbersOf(xml: string): number[] {
  return [...xml.matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map((match) => Number(match[1]));
}

function elements(children: Readonly<Record<string, string>>): string {
  return Object.entries(children)
    .map(([name, text]) => `<${name}>${escaped(text)}</${name}>`)
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
