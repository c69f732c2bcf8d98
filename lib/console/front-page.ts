import { operations } from './operations.ts';

/** Says to people who open the endpoint in a browser what it is, and how to call it. */
export function frontPage({ origin }: URL): Response {
  const text = [
    'data-flows: the Step Functions API on this machine',
    '',
    'State machines run here as on AWS: on the engine of this project, in the process of `flow serve`.',
    'Any tool of AWS works against it; region and credentials can be anything:',
    '',
    `  aws stepfunctions list-state-machines --endpoint-url ${origin}`,
    `  new SFNClient({ endpoint: '${origin}', disableHostPrefix: true })`,
    '',
    'disableHostPrefix is for StartSyncExecution and TestState, whose host would be called sync-… otherwise.',
    '',
    'Operations:',
    ...Object.keys(operations).map((name) => `  ${name}`),
    '',
  ].join('\n');
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } });
}
