import { createHash } from 'node:crypto';
import type { Json } from '../../json.ts';
import { type IntrinsicFunction, intrinsicFailure, taking, textOf } from './intrinsic-function.ts';

/** Longest text that is encoded, decoded or hashed, in characters, as documented. */
const maxLength = 10_000;

const algorithms = new Map([
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
]);

/** `States.Base64Encode`, `States.Base64Decode` and `States.Hash`; all take texts as UTF-8. */
export const encodingFunctions = {
  Base64Encode: taking(1, ([text]) => Buffer.from(limited(textOf(text)), 'utf8').toString('base64')),

  Base64Decode: taking(1, ([text]) => {
    const encoded = limited(textOf(text));
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(encoded)) throw intrinsicFailure('Invalid arguments: the text is not Base64');
    return Buffer.from(encoded, 'base64').toString('utf8');
  }),

  /** Anything but a text is hashed as its JSON text. */
  Hash: taking(2, ([data, algorithm]) => {
    const name = algorithms.get(textOf(algorithm));
    if (name !== undefined)
      return createHash(name)
        .update(limited(spell(data)))
        .digest('hex');
    const known = [...algorithms.keys()].join(', ');
    throw intrinsicFailure(`Invalid arguments: unknown algorithm ${JSON.stringify(algorithm)}, known are ${known}`);
  }),
} satisfies Record<string, IntrinsicFunction>;

function spell(data: Json | undefined): string {
  return typeof data === 'string' ? data : JSON.stringify(data);
}

function limited(text: string): string {
  if (text.length <= maxLength) return text;
  throw intrinsicFailure(`Invalid arguments: the text has ${text.length} characters, more than ${maxLength}`);
}
