import { useMantineColorScheme, useComputedColorScheme } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { ChartProps } from './drawing.js';
import styles from './chart.module.css';

const Drawing = lazy(() => import('./drawing.js'));

/** A chart over time in the colours of states. `label` says in words what it shows: the drawing itself is a picture. */
export function Chart(props: ChartProps) {
  useMantineColorScheme();
  // colours are read once: another theme is another drawing
  const scheme = useComputedColorScheme('light');
  return (
    <div role="img" aria-label={props.label} className={styles.chart} style={{ height: props.height ?? 120 }}>
      <Suspense fallback={null}>
        <Drawing key={scheme} {...props} />
      </Suspense>
    </div>
  );
}
