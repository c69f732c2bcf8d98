import type { Json, JsonObject } from '../../../lib/json.ts';

/** Counts to 1,000 in JSONPath: two states per turn, and one more of each at the ends. */
export const loopInJsonPath = {
  StartAt: 'Check',
  States: {
    Check: {
      Type: 'Choice',
      Choices: [{ Variable: '$.count', NumericLessThan: 1_000, Next: 'Count' }],
      Default: 'Done',
    },
    Count: { Type: 'Pass', Parameters: { 'count.$': 'States.MathAdd($.count, 1)' }, Next: 'Check' },
    Done: { Type: 'Succeed' },
  },
};

/** The same in JSONata. */
export const loopInJsonata = {
  QueryLanguage: 'JSONata',
  StartAt: 'Check',
  States: {
    Check: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input.count < 1000 %}', Next: 'Count' }],
      Default: 'Done',
    },
    Count: { Type: 'Pass', Output: { count: '{% $states.input.count + 1 %}' }, Next: 'Check' },
    Done: { Type: 'Succeed' },
  },
};

/** States that a loop runs through. */
export const loopStateCount = 2_002;

export const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:Double';

/** One Pass and one function per item. */
export const mapWithFunction = {
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Shape',
        States: {
          Shape: { Type: 'Pass', Next: 'Double' },
          Double: { Type: 'Task', Resource: functionArn, End: true },
        },
      },
      End: true,
    },
  },
};

export const threeStates = {
  StartAt: 'Prepare',
  States: {
    Prepare: { Type: 'Pass', Result: { n: 1 }, Next: 'Double' },
    Double: { Type: 'Task', Resource: functionArn, Next: 'Done' },
    Done: { Type: 'Succeed' },
  },
};

/** A distributed Map over a JSON Lines file, one function per item, its results in files. */
export const distributedMap = {
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      MaxConcurrency: 1_000,
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSONL' },
        Parameters: { Bucket: 'bucket', Key: 'items.jsonl' },
      },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Double',
        States: { Double: { Type: 'Task', Resource: functionArn, End: true } },
      },
      ResultWriter: {
        Resource: 'arn:aws:states:::s3:putObject',
        Parameters: { Bucket: 'bucket', Prefix: 'results' },
      },
      End: true,
    },
  },
};

/** What the function of these machines does. */
export async function double(event: Json): Promise<Json> {
  const { n } = event as JsonObject; // the machines above give it nothing else
  return { n: Number(n) * 2 };
}
