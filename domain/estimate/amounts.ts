/** Whether all are finite numbers above 0. */
export const positive = (...values: number[]): boolean =>
  values.every((value) => Number.isFinite(value) && value > 0);

/** Whether all are finite numbers, 0 or more. */
export const notNegative = (...values: number[]): boolean =>
  values.every((value) => Number.isFinite(value) && value >= 0);
