import { describe, expect, test } from 'vitest';
import { failuresIn } from '../../scripts/deploy/cdk.ts';
import { readStage } from '../../scripts/deploy/options.ts';

describe('deploying', () => {
  test('a failed deploy says which resource and why, and leaves out what was only cancelled because of it', () => {
    const event = (status: string, rest: string) =>
      `kerf-dev-workflow |  3/118 | 10:36:51 AM | ${status.padEnd(20)} | ${rest}`;
    const archive = 'AWS::Events::Archive           | Bus/Archive/Archive (BusArchiveD76499E2)';
    expect(
      failuresIn([
        event('CREATE_IN_PROGRESS', archive),
        event('CREATE_FAILED', `${archive} The archive kerf-dev exists`),
        event('CREATE_FAILED', 'AWS::SQS::Queue | relay/Failures (A1) Resource creation cancelled'),
        event('ROLLBACK_IN_PROGRESS', 'AWS::CloudFormation::Stack | kerf-dev-workflow'),
        event('DELETE_FAILED', 'AWS::CloudFormation::Stack | kerf-dev-workflow'),
        event('CREATE_FAILED', `${archive} The archive kerf-dev exists`),
      ]),
    ).toEqual(['AWS::Events::Archive Bus/Archive/Archive (BusArchiveD76499E2) The archive kerf-dev exists']);
  });

  test('the stage and its settings are read from the command line', () => {
    expect(readStage(['--stage', 'dev', '--set', 'mailFrom=a@b.example', '--set', 'host=h.example'])).toEqual(
      {
        stage: 'dev',
        settings: { stage: 'dev', mailFrom: 'a@b.example', host: 'h.example' },
      },
    );
  });

  test.each([
    [[], /--stage/],
    [['--stage', 'dev', '--set', 'mailFrom'], /NAME=VALUE/],
    [['--stage', 'dev', '--set', 'stage=prod'], /--stage/],
    [['--stage', 'dev', '--sett', 'x=y'], /--sett/],
  ])('what can not be read is named: %j', (parameters, words) => {
    expect(() => readStage(parameters)).toThrow(words);
  });
});
