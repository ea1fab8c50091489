import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useLanguage } from '../../texts/language.js';
import type { State } from '../state.js';
import { useZone } from '../time/zone.js';

export interface Series {
  name: string;
  state: State;
  /** Undefined: nothing is known of that time. */
  values: (number | null)[];
}

export interface ChartProps {
  label: string;
  /** Milliseconds, ascending. */
  times: number[];
  series: Series[];
  /** Of the values: `/s`. */
  unit?: string;
  height?: number;
  kind?: 'line' | 'bars';
}

const colourOf = (state: State): string =>
  getComputedStyle(document.documentElement)
    .getPropertyValue(state === 'well' ? '--text-soft' : `--${state}`)
    .trim();

/** `light-dark()` is a colour for CSS alone: the canvas wants the one that is meant. */
function resolved(colour: string): string {
  const probe = document.createElement('span');
  probe.style.color = colour;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Seconds that one bar stands for: bars begin at their time. */
const stepOf = (times: number[]): number => (times.length > 1 ? (times[1]! - times[0]!) / 1000 : 0);

export default function Drawing({ times, series, unit = '', height = 120, kind = 'line' }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const language = useLanguage();
  const zone = useZone();
  useEffect(() => {
    const root = place.current!;
    const text = resolved('var(--text-soft)');
    const line = resolved('var(--line)');
    const hour = new Intl.DateTimeFormat(language, {
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
      timeZone: zone,
    });
    const axis = { stroke: text, font: '11px sans-serif', grid: { stroke: line, width: 1 }, ticks: { show: false } };
    const bars = uPlot.paths.bars!({ size: [0.7, 24], align: 1 });
    const plot = new uPlot(
      {
        width: root.clientWidth,
        height,
        padding: [8, 24, 0, 0],
        // Ticks fall on whole hours of the zone, not of the browser's.
        ...(zone && { tzDate: (time) => uPlot.tzDate(new Date(time * 1000), zone) }),
        cursor: { show: false },
        legend: { show: false },
        scales: {
          x: { range: (_, first, last) => [first, kind === 'bars' ? last + stepOf(times) : last] },
          y: { range: (_, __, max) => [0, Math.max(max ?? 0, 1) * 1.1] },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            space: 60,
            // Nothing is measured more often than by the minute.
            incrs: [1, 5, 10, 30, 60, 120, 180, 360, 720].map((minutes) => minutes * 60),
            size: 22,
            values: (_, ticks) => ticks.map((tick) => hour.format(tick * 1000)),
          },
          {
            ...axis,
            size: 44,
            space: 28,
            values: (_, ticks) => ticks.map((tick) => (Number.isInteger(tick) || unit ? `${tick}${unit}` : '')),
          },
        ],
        series: [
          {},
          ...series.map(({ state }) => {
            const colour = resolved(colourOf(state));
            return kind === 'bars'
              ? { stroke: colour, fill: colour, width: 0, paths: bars, points: { show: false } }
              : { stroke: colour, width: 1.5, points: { show: false } };
          }),
        ],
      },
      [times.map((time) => time / 1000), ...series.map(({ values }) => values)],
      root,
    );
    const watch = new ResizeObserver(() => plot.setSize({ width: root.clientWidth, height }));
    watch.observe(root);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [times, series, unit, height, kind, language, zone]);
  return <div ref={place} aria-hidden="true" />;
}
