import { refuse, type Refusal } from '../refusal.ts';
import { good, type Job, type JobCommand, type JobState, type Part } from './job.ts';

/** What must be true before a command may act (domain.md, section 1, guards). Undefined: go ahead. */
export function checkGuard(state: JobState, command: JobCommand, now: string): Refusal | undefined {
  switch (command.name) {
    case 'submit':
      return filesChecked(state);
    case 'send_quote':
      return sendable(state, command, now);
    case 'approve_quote':
      return versionSeen(state.job, command.version) ?? unexpired(state.job, now);
    case 'request_changes':
    case 'decline_quote':
      return versionSeen(state.job, command.version);
    case 'expire_quote':
      return state.job.quote && state.job.quote.validUntil <= now
        ? undefined
        : refuse('not_ready', 'The quote is still valid.');
    case 'start':
      return startable(state, command);
    case 'record_run':
      return partOf(state, command.partId)
        ? undefined
        : refuse('invalid', 'No such part in this job.', 'partId');
    case 'finish':
      return state.job.status === 'post_production' ? undefined : allMade(state);
    case 'pass_check':
      return allMade(state);
    case 'fail_check':
      return countInHand(state, command.partId, command.count);
    case 'hold':
    case 'cancel':
    case 'reopen':
      return command.reason.trim() === ''
        ? refuse('invalid', 'Say why, in a few words.', 'reason')
        : undefined;
    case 'start_quoting':
    case 'withdraw_quote':
    case 'hand_over':
    case 'confirm_delivery':
    case 'resume':
      return undefined;
  }
}

const partOf = (state: JobState, partId: string): Part | undefined =>
  state.parts.find((part) => part.id === partId);

function filesChecked({ parts, files }: JobState): Refusal | undefined {
  if (parts.length === 0) return refuse('not_ready', 'Add at least one part before you submit.', 'parts');
  for (const part of parts) {
    const file = files.find((f) => f.id === part.fileId);
    if (!file) return refuse('not_ready', `"${part.name}" has no file.`, 'parts');
    if (file.state === 'refused')
      return refuse(
        'not_ready',
        `"${file.name}" can not be made as it is. Remove it or upload a repaired file.`,
        'parts',
      );
    if (file.state !== 'checked')
      return refuse('not_ready', `"${file.name}" is still being checked. Try again in a moment.`, 'parts');
  }
  return undefined;
}

function sendable(
  state: JobState,
  command: JobCommand & { name: 'send_quote' },
  now: string,
): Refusal | undefined {
  if (!Number.isSafeInteger(command.totalMinor) || command.totalMinor <= 0)
    return refuse('not_ready', 'A quote needs a price above zero.', 'totalMinor');
  if (command.validUntil <= now)
    return refuse('invalid', 'The quote must be valid beyond now.', 'validUntil');
  return filesChecked(state);
}

function versionSeen({ quote }: Job, version: number): Refusal | undefined {
  if (!quote || quote.state !== 'sent')
    return refuse('stale', 'There is no open quote to answer.', 'version');
  if (quote.version !== version)
    return refuse(
      'stale',
      `You saw version ${version}; version ${quote.version} has replaced it. Look at it first.`,
      'version',
    );
  return undefined;
}

const unexpired = ({ quote }: Job, now: string): Refusal | undefined =>
  quote && quote.validUntil <= now
    ? refuse('expired', 'This quote is no longer valid. Ask the shop to renew it.', 'version')
    : undefined;

function startable(
  state: JobState,
  { partId, quantity }: JobCommand & { name: 'start' },
): Refusal | undefined {
  const { openRuns } = state;
  const part = partOf(state, partId);
  if (!part) return refuse('invalid', 'No such part in this job.', 'partId');
  const being = openRuns.reduce((sum, run) => sum + (run.partId === partId ? run.quantity : 0), 0);
  const missing = part.wanted - good(part) - being;
  if (missing <= 0) {
    const how = being > 0 ? `made already or being made (${being})` : 'made already';
    return refuse('not_ready', `All ${part.wanted} of "${part.name}" are ${how}.`, 'partId');
  }
  if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > missing)
    return refuse('invalid', `Choose 1 to ${missing} pieces: that is what is still missing.`, 'quantity');
  return undefined;
}

function allMade({ parts, openRuns }: JobState): Refusal | undefined {
  if (openRuns.length > 0)
    return refuse(
      'not_ready',
      `${openRuns.length} run${openRuns.length === 1 ? ' is' : 's are'} not over yet.`,
    );
  const short = parts.filter((part) => good(part) < part.wanted);
  if (short.length === 0) return undefined;
  const list = short.map((part) => `${part.wanted - good(part)} of "${part.name}"`).join(', ');
  return refuse('not_ready', `Still missing: ${list}.`, 'parts');
}

function countInHand(state: JobState, partId: string, count: number): Refusal | undefined {
  const part = partOf(state, partId);
  if (!part) return refuse('invalid', 'No such part in this job.', 'partId');
  if (!Number.isSafeInteger(count) || count < 1 || count > good(part))
    return refuse('invalid', `Choose 1 to ${good(part)} pieces: that is what is in hand.`, 'count');
  return undefined;
}
