import type { Writable } from 'node:stream';
import { styleText } from 'node:util';

/** A stream that may be a terminal; piped ones have no size. */
export type OutputStream = Writable & { isTTY?: boolean; columns?: number; rows?: number };

/** The person (or pipe) at the other end. */
export interface Terminal {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Calls back on every Ctrl-C until disposed; without a listener Ctrl-C ends the process. */
  onInterrupt(listener: () => void): Disposable;
}

/** How a text looks; what is not understood by everyone (colour alone) carries no meaning. */
export type Look = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Colours a text for one stream; returns it as it is where `NO_COLOR` is set or nobody looks. */
export type Paint = (look: Look, text: string) => string;

/** The {@link Paint} of a stream. */
export function paintFor(stream: OutputStream): Paint {
  return (look, text) => styleText(look, text, { stream });
}

/** Characters per line; a pipe takes lines of any length. */
export function widthOf(stream: OutputStream): number {
  return stream.isTTY && stream.columns ? stream.columns : Number.POSITIVE_INFINITY;
}
