import { describe, expect, test } from 'vitest';
import { createApp } from '../../lib/console/app.ts';
import { UsageError } from '../../lib/errors.ts';
import { ServiceException } from '../../lib/execution/service/service-exception.ts';
import type { StateMachineService } from '../../lib/execution/service/state-machine-service.ts';

/** A service that does what a test says, and nothing else. */
function serviceThat(methods: Partial<StateMachineService> = {}): StateMachineService {
  return new Proxy(methods, {
    get: (known, name) => Reflect.get(known, name) ?? (() => Promise.reject(new Error(`${String(name)} was called`))),
  }) as StateMachineService; // every method is there, though most only complain
}

function appThat(methods: Partial<StateMachineService> = {}) {
  const bugs: unknown[] = [];
  const app = createApp({ service: serviceThat(methods), onBug: (error) => bugs.push(error) });
  return { app, bugs };
}

/** A request as SDKs send it. */
function call(
  operation: string,
  body: unknown,
  init: { url?: string; headers?: Record<string, string> } = {},
): Request {
  return new Request(init.url ?? 'http://127.0.0.1:4200/', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AWSStepFunctions.${operation}`,
      ...init.headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function shown(response: Response) {
  return { status: response.status, body: await response.json() };
}

const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:Pass';

describe('an operation', () => {
  test('gets its request with the defaults filled in, and answers times as seconds', async () => {
    const requests: unknown[] = [];
    const { app } = appThat({
      async startExecution(request) {
        requests.push(request);
        return { executionArn: 'arn', startDate: new Date(1_500) };
      },
    });

    const response = await app(call('StartExecution', { stateMachineArn, unknown: true }));

    expect(requests).toEqual([{ stateMachineArn, input: '{}' }]);
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.0');
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await shown(response)).toEqual({ status: 200, body: { executionArn: 'arn', startDate: 1.5 } });
  });

  test('that has nothing to say answers an empty object', async () => {
    const { app } = appThat({ sendTaskHeartbeat: async () => undefined });

    const response = await app(call('SendTaskHeartbeat', { taskToken: 'token' }));

    expect(await shown(response)).toEqual({ status: 200, body: {} });
  });

  test('answers the exception that the service has for it', async () => {
    const { app } = appThat({
      listTagsForResource: () => Promise.reject(new ServiceException('ResourceNotFound', 'no', { resourceName: 'it' })),
    });

    const response = await app(call('ListTagsForResource', { resourceArn: stateMachineArn }));

    expect(response.headers.get('x-amzn-errortype')).toBe('ResourceNotFound');
    expect(await shown(response)).toEqual({
      status: 400,
      body: { __type: 'ResourceNotFound', message: 'no', resourceName: 'it' },
    });
  });

  test('answers a mistake that the service has no name for with our sentence', async () => {
    const usage = new UsageError('the execution runs elsewhere', { hint: 'stop that process' });
    const { app } = appThat({ stopExecution: () => Promise.reject(usage) });

    const response = await app(call('StopExecution', { executionArn: 'arn:aws:states' }));

    expect(await shown(response)).toEqual({
      status: 400,
      body: { __type: 'ValidationException', message: 'the execution runs elsewhere; stop that process' },
    });
  });

  test('answers a bug as a failure of its own, and tells of it', async () => {
    const bug = new TypeError('undefined is not a function');
    const { app, bugs } = appThat({ listStateMachines: () => Promise.reject(bug) });

    const response = await app(call('ListStateMachines', {}));

    expect(bugs).toEqual([bug]);
    expect(await shown(response)).toEqual({
      status: 500,
      body: { __type: 'InternalFailure', message: 'undefined is not a function' },
    });
  });

  test('is told when its client hangs up', async () => {
    const gone = new AbortController();
    const arrived = Promise.withResolvers<void>();
    const { app } = appThat({
      getActivityTask: (_, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve({}), { once: true });
          arrived.resolve();
        }),
    });
    const request = new Request(call('GetActivityTask', { activityArn: 'arn:aws:states' }), { signal: gone.signal });

    const answering = app(request);
    await arrived.promise;
    gone.abort();

    expect((await answering).status).toBe(200);
  });
});

describe('a request that does not fit', () => {
  const one = '1 validation error detected: ';

  test.each([
    {
      name: 'a member is missing',
      operation: 'StartExecution',
      body: {},
      type: 'ValidationException',
      message: `${one}Value null at 'stateMachineArn' failed to satisfy constraint: Member must not be null`,
    },
    {
      name: 'there is no body',
      operation: 'DescribeStateMachine',
      body: '',
      type: 'ValidationException',
      message: `${one}Value null at 'stateMachineArn' failed to satisfy constraint: Member must not be null`,
    },
    {
      name: 'a number is too large',
      operation: 'ListStateMachines',
      body: { maxResults: 1_001 },
      type: 'ValidationException',
      message: `${one}Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000`,
    },
    {
      name: 'a number is too small',
      operation: 'ListStateMachines',
      body: { maxResults: -1 },
      type: 'ValidationException',
      message: `${one}Value '-1' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 0`,
    },
    {
      name: 'a text is too long',
      operation: 'DescribeActivity',
      body: { activityArn: 'a'.repeat(257) },
      type: 'ValidationException',
      message: `${one}Value '${'a'.repeat(257)}' at 'activityArn' failed to satisfy constraint: Member must have length less than or equal to 256`,
    },
    {
      name: 'a text is empty',
      operation: 'DescribeActivity',
      body: { activityArn: '' },
      type: 'ValidationException',
      message: `${one}Value '' at 'activityArn' failed to satisfy constraint: Member must have length greater than or equal to 1`,
    },
    {
      name: 'a value is none of a set',
      operation: 'ListExecutions',
      body: { statusFilter: 'DONE' },
      type: 'ValidationException',
      message: `${one}Value 'DONE' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED, PENDING_REDRIVE]`,
    },
    {
      name: 'a nested member does not fit',
      operation: 'TestState',
      body: { definition: '{}', mock: { fieldValidationMode: 'LOOSE' } },
      type: 'ValidationException',
      message: `${one}Value 'LOOSE' at 'mock.fieldValidationMode' failed to satisfy constraint: Member must satisfy enum value set: [STRICT, PRESENT, NONE]`,
    },
    {
      name: 'two members do not fit',
      operation: 'SendTaskSuccess',
      body: {},
      type: 'ValidationException',
      message: `2 validation errors detected: Value null at 'taskToken' failed to satisfy constraint: Member must not be null; Value null at 'output' failed to satisfy constraint: Member must not be null`,
    },
    {
      name: 'a member has another type',
      operation: 'StartExecution',
      body: { stateMachineArn: 7 },
      type: 'SerializationException',
      message: 'stateMachineArn cannot be read as string',
    },
    {
      name: 'the body is a list',
      operation: 'StartExecution',
      body: [],
      type: 'SerializationException',
      message: 'the request cannot be read as object',
    },
    {
      name: 'the body is no JSON',
      operation: 'StartExecution',
      body: '{',
      type: 'SerializationException',
      message: expect.stringContaining('JSON'),
    },
    {
      name: 'the operation is not known',
      operation: 'CreateStateMachineAlias',
      body: {},
      type: 'UnknownOperationException',
      message: expect.stringContaining("the operation 'CreateStateMachineAlias' is not answered here"),
    },
    {
      name: 'the operation is a method that every object has',
      operation: 'toString',
      body: {},
      type: 'UnknownOperationException',
      message: expect.stringContaining("'toString'"),
    },
  ])('is refused when $name', async ({ operation, body, type, message }) => {
    const { app } = appThat();

    expect(await shown(await app(call(operation, body)))).toEqual({ status: 400, body: { __type: type, message } });
  });

  test('is refused when it is for another service', async () => {
    const { app } = appThat();

    const response = await app(call('', {}, { headers: { 'x-amz-target': 'DynamoDB_20120810.GetItem' } }));

    expect(await shown(response)).toMatchObject({ status: 400, body: { __type: 'UnknownOperationException' } });
  });

  test('does not repeat a text of thousands of characters', async () => {
    const { app } = appThat();
    const body = { stateMachineArn, input: 'x'.repeat(262_145) };

    const response = await app(call('StartExecution', body));

    expect((await response.text()).length).toBeLessThan(400);
  });
});

describe('what is no call', () => {
  test('GET / says what this is', async () => {
    const { app } = appThat();

    const response = await app(new Request('http://127.0.0.1:4200/'));

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect((await response.text()).split('\n').slice(0, 7)).toEqual([
      'data-flows: the Step Functions API on this machine',
      '',
      'State machines run here as on AWS: on the engine of this project, in the process of `flow serve`.',
      'Any tool of AWS works against it; region and credentials can be anything:',
      '',
      '  aws stepfunctions list-state-machines --endpoint-url http://127.0.0.1:4200',
      "  new SFNClient({ endpoint: 'http://127.0.0.1:4200', disableHostPrefix: true })",
    ]);
  });

  test.each([
    { name: 'another path', request: new Request('http://127.0.0.1/admin'), status: 404 },
    { name: 'another method', request: new Request('http://127.0.0.1/', { method: 'PUT', body: '{}' }), status: 405 },
    {
      name: 'a browser that asks whether a page may call',
      request: new Request('http://127.0.0.1/', { method: 'OPTIONS', headers: { origin: 'https://example.org' } }),
      status: 405,
    },
  ])('$name is refused', async ({ request, status }) => {
    const { app } = appThat();

    const response = await app(request);

    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test.each([
    { name: 'the address', host: '127.0.0.1:4200', isAnswered: true },
    { name: 'the whole loopback network', host: '127.0.0.53', isAnswered: true },
    { name: 'the address of IPv6', host: '[::1]:4200', isAnswered: true },
    { name: 'localhost', host: 'localhost:4200', isAnswered: true },
    { name: 'a name below localhost', host: 'states.localhost', isAnswered: true },
    { name: 'the host that SDKs make of it', host: 'sync-localhost:4200', isAnswered: true },
    { name: "a site's own name that leads here", host: 'rebound.example.org:4200', isAnswered: false },
    { name: 'a name that begins like the address', host: '127.0.0.1.example.org', isAnswered: false },
  ])('a call to $name is answered: $isAnswered', async ({ host, isAnswered }) => {
    const { app } = appThat({ listStateMachines: async () => ({ stateMachines: [] }) });

    const response = await app(call('ListStateMachines', {}, { url: `http://${host}/` }));

    expect(response.status).toBe(isAnswered ? 200 : 403);
  });
});
