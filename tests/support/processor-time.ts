/**
 * Milliseconds that this process has kept a processor busy since the call, all its threads together. A limit on these tells an algorithm
 * that grows too fast from a machine that has other things to do.
 */
export function processorTime(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
}
