import { useLiveState } from './live.ts';

/** Whether changes come by themselves at once. */
export function LiveMark() {
  const state = useLiveState();
  return (
    <span title={state === 'live' ? 'Changes show at once.' : 'Changes show within 15 seconds.'}>
      <span aria-hidden>{state === 'live' ? '●' : '○'}</span> {state}
    </span>
  );
}
