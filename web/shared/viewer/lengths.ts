import { number } from '../format.ts';

const mmPerInch = 25.4;

export const millimetres = (mm: number): string => `${number(mm, mm < 10 ? 2 : 1)} mm`;
export const inches = (mm: number): string => `${number(mm / mmPerInch, 3)} in`;
