import { parseArgs } from 'node:util';
import { startSampleServer } from './server.ts';

// run alone, for executions that live in other processes: one JSON line, then it serves until it is killed
const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  process.stderr.write(`--port '${values.port}' is not a port; allowed are 0 (any free one) to 65535\n`);
  process.exit(2);
}

const { url, settings } = await startSampleServer({ port });
process.stdout.write(`${JSON.stringify({ url, settings })}\n`);
