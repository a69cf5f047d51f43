/** 1234567 -> "1,234,567", the same on every machine. */
export function formatCount(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** "1 open edge", "576 open edges". */
export function formatCounted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A length in mm in four significant digits; no digits after the point from 1000 mm on. */
export function formatMm(value: number): string {
  const short = Number(value.toPrecision(4));
  return Number.isInteger(short) ? formatCount(short) : String(short);
}

/** Bytes in the unit a person would use; MB are millions. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return formatCounted(bytes, 'byte');
  if (bytes < 1_000_000) return `${Number((bytes / 1000).toPrecision(3))} kB`;
  return `${Number((bytes / 1_000_000).toPrecision(4))} MB`;
}
