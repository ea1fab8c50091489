/** Lines on a field of 16: few enough to be drawn here instead of a package of thousands. */
const lines = {
  alert: 'M8 1.8 15 14H1L8 1.8ZM8 6.2v3.6M8 11.8v.2',
  clock: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM8 4.5V8l2.5 1.8',
  pause: 'M5.5 3v10M10.5 3v10',
  play: 'M4.5 2.8 13 8l-8.5 5.2V2.8Z',
  check: 'M2.5 8.5 6.2 12.2 13.5 4',
  cross: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  sun: 'M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1',
  moon: 'M13.5 9.8A6 6 0 1 1 6.2 2.5a4.7 4.7 0 0 0 7.3 7.3Z',
  half: 'M8 1.8a6.2 6.2 0 1 1 0 12.4V1.8ZM8 1.8a6.2 6.2 0 1 0 0 12.4',
  user: 'M8 2a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM2.5 14c.6-3 2.8-4.5 5.5-4.5s4.9 1.5 5.5 4.5',
  left: 'M10 3 5 8l5 5',
  right: 'M6 3l5 5-5 5',
  down: 'M3 6l5 5 5-5',
  out: 'M9 2.5h4.5V7M13.5 2.5 7 9M6 4H2.5v9.5H12V10',
  replay: 'M13.5 8a5.5 5.5 0 1 1-1.6-3.9M13.5 1.5v3.3h-3.3',
  dot: 'M8 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4Z',
  download: 'M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM10.5 10.5 14 14',
  globe: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8ZM1.8 8h12.4M8 1.8c2.6 3 2.6 9.4 0 12.4-2.6-3-2.6-9.4 0-12.4Z',
} as const;

export type IconName = keyof typeof lines;

/** Never the only word: a label stands beside it or on its button. */
export function Icon({ name, size = 14 }: { name: IconName; size?: number }) {
  return (
    <svg
      {...{ width: size, height: size, viewBox: '0 0 16 16', fill: 'none', stroke: 'currentColor' }}
      {...{ strokeWidth: 1.6, strokeLinecap: 'round', strokeLinejoin: 'round' }}
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none' }}
    >
      <path d={lines[name]} />
    </svg>
  );
}
