import type { ReactNode } from 'react';

/** Line drawings on a 24 x 24 grid; always beside a word, so hidden from screen readers. */
const drawings = {
  pencil: 'M4 20l1-4L16 5l3 3L8 19z',
  inbox: 'M4 13v6h16v-6M4 13l3-8h10l3 8M4 13h5l1 3h4l1-3h5',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 4-6 8-6s8 2 8 6',
  pause: 'M8 5v14M16 5v14',
  nozzle: 'M7 4h10v6l-3 4h-4l-3-4zM12 14v3M5 20h14',
  check: 'M4 12l5 6L20 6',
  cross: 'M6 6l12 12M18 6L6 18',
  queue: 'M4 6h16M4 12h16M4 18h10',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5',
  box: 'M4 8l8-4 8 4v9l-8 4-8-4zM4 8l8 4 8-4M12 12v9',
  warning: 'M12 4L2 20h20zM12 10v4M12 17v.5',
  jobs: 'M5 4h14v17H5zM9 9h6M9 13h6M9 17h4',
  machine: 'M4 4h16v14H4zM8 4v5h8V4M8 14h8M7 21h10',
  book: 'M5 4h11a3 3 0 0 1 3 3v14H8a3 3 0 0 1-3-3zM5 18a3 3 0 0 1 3-3h11',
  gear: 'M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM12 3v3M12 18v3M3 12h3M18 12h3M6 6l2 2M16 16l2 2M18 6l-2 2M8 16l-2 2',
  more: 'M5 12v.5M12 12v.5M19 12v.5',
  wallet: 'M4 7h15v12H4zM4 7l11-3v3M15 13h1',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  upload: 'M12 16V5M7 9l5-5 5 5M4 19h16',
  question: 'M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2M12 17v.5',
} satisfies Record<string, string>;

export type IconName = keyof typeof drawings;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      focusable={false}
    >
      <path d={drawings[name]} />
    </svg>
  );
}
