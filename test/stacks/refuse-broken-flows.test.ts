import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refuseBrokenFlows } from '../../lib/stacks/refuse-broken-flows.ts';
import { aFlow, aslText, nestedFlow } from './made-up-environment.ts';

let projectFolder: string;

beforeAll(() => {
  projectFolder = mkdtempSync(join(tmpdir(), 'broken-flows-'));
  mkdirSync(join(projectFolder, 'functions/fruit/plum-jam'), { recursive: true });
  const code = 'export const cook = defineTask();\nexport const handler = lambdaHandler(cook);\n';
  writeFileSync(join(projectFolder, 'functions/fruit/plum-jam/cook.ts'), code);
});

afterAll(() => rmSync(projectFolder, { recursive: true }));

const jam = aFlow({ name: 'plum-jam', tasks: { Cook: {} } });

describe('a synth', () => {
  it('goes on when every flow is whole', () => {
    expect(() => refuseBrokenFlows([jam], projectFolder)).not.toThrow();
  });

  it.each([
    {
      name: 'a state machine that the service would not take',
      flow: { ...jam, aslText: jam.aslText.replace('"End":true', '"Next":"Nowhere"') },
      says: /^state-machines\/fruit\/plum-jam\.asl\.json: .+Nowhere/,
    },
    {
      name: 'a state that is certain to break a limit',
      flow: { ...jam, aslText: jam.aslText.replace('"End":true', `"Output":"${'x'.repeat(300_000)}","End":true`) },
      says: /^state-machines\/fruit\/plum-jam\.asl\.json: state 'Cook': Output writes out at least 300,002 bytes/,
    },
    {
      name: 'a task without a file',
      flow: aFlow({ name: 'plum-jelly', tasks: { Strain: {} } }),
      says: /^functions\/fruit\/plum-jelly\/strain\.ts: task 'Strain' has no file/,
    },
    {
      name: 'a start of a flow that does not exist',
      flow: { ...aFlow({ name: 'breakfast' }), aslText: aslText([['MakeToast', nestedFlow('ToastFlow')]]) },
      says: /^state-machines\/fruit\/breakfast\.asl\.json: there is no flow 'toast' to start/,
    },
  ])('stops at $name', ({ flow, says }) => {
    expect(() => refuseBrokenFlows([flow], projectFolder)).toThrow(says);
  });

  it('names everything that is broken at once', () => {
    const flows = [
      aFlow({ name: 'plum-jelly', tasks: { Strain: {} } }),
      { ...jam, aslText: jam.aslText.replace('"End":true', '"Next":"Nowhere"') },
    ];

    expect(() => refuseBrokenFlows(flows, projectFolder)).toThrow(/Strain.*\n.*Nowhere/);
  });
});
