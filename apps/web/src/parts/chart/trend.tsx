import type { State } from '../state.js';
import styles from './trend.module.css';

/** Bars of a day by hour, the newest at the right: small enough for a row. `label` says it in words. */
export function Trend({ values, state = 'person', label }: { values: number[]; state?: State; label: string }) {
  const most = Math.max(1, ...values);
  const width = 4;
  return (
    <svg
      className={styles.trend}
      data-state={state}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${values.length * width} 20`}
      style={{ width: values.length * width }}
    >
      <path className={styles.ground} d={`M0 19.5H${values.length * width}`} />
      {values.map((value, index) => {
        const height = value === 0 ? 0 : Math.max(2, (value / most) * 18);
        return <rect key={index} x={index * width} y={19 - height} width={width - 1} height={height} />;
      })}
    </svg>
  );
}
