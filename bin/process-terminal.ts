import type { OutputStream, Terminal } from '../lib/cli/terminal.ts';

/** The terminal (or pipes) of this process. A reader that hangs up, such as `head`, ends the command quietly. */
export function processTerminal(): Terminal {
  endWhenReaderLeaves(process.stdout);
  endWhenReaderLeaves(process.stderr);
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    onInterrupt(listener) {
      process.on('SIGINT', listener);
      return { [Symbol.dispose]: () => void process.off('SIGINT', listener) };
    },
  };
}

function endWhenReaderLeaves(stream: OutputStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}
