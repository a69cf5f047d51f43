import * as z from 'zod';

/** What is smaller counts as nothing; DynamoDB refuses numbers below 1e-130. */
const smallest = 1e-9;

/** A figure that somebody states: a measure, a weight, a share. */
export const figure = z.number().overwrite((value) => (Math.abs(value) < smallest ? 0 : value));

/** A figure of which there has to be some. */
export const positiveFigure = figure.min(smallest);
