import { ReduceDataOptionsBuilder, VizLegendOptionsBuilder } from '@grafana/grafana-foundation-sdk/common';
import { LegendDisplayMode, LegendPlacement } from '@grafana/grafana-foundation-sdk/common';
import {
  DashboardBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

const source = { type: 'prometheus', uid: '${source}' };

/**
 * @typedef {{ expr: string, legend?: string }} Query
 * @typedef {{ title: string, unit?: string, queries: Query[], width?: number, stacked?: boolean, about?: string }} Lines
 */

/**
 * @param {string} uid
 * @param {string} title
 * @param {boolean} [oneSystem] whether a system is chosen at its head
 */
export function dashboard(uid, title, oneSystem = false) {
  const board = new DashboardBuilder(title)
    .uid(uid)
    .tags(['integration-toolkit'])
    .refresh('1m')
    .time({ from: 'now-6h', to: 'now' })
    .timezone('browser')
    .readonly()
    .withVariable(new DatasourceVariableBuilder('source').label('Prometheus').type('prometheus'));
  if (!oneSystem) return board;
  const systems = new QueryVariableBuilder('system')
    .label('Система / System')
    .datasource(source)
    .query('label_values(itk_students, system)')
    .refresh(2);
  return board.withVariable(systems);
}

const queries = (/** @type {Query[]} */ all) =>
  all.map(({ expr, legend }, index) =>
    new DataqueryBuilder()
      .refId(String.fromCharCode(65 + index))
      .expr(expr)
      .legendFormat(legend ?? ''),
  );

/** @param {Lines} panel */
export function lines({ title, unit = 'short', queries: all, width = 12, stacked = false, about }) {
  const panel = new TimeseriesBuilder()
    .title(title)
    .datasource(source)
    .unit(unit)
    .min(0)
    .span(width)
    .height(8)
    .fillOpacity(stacked ? 40 : 8)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    );
  if (about) panel.description(about);
  for (const query of queries(all)) panel.withTarget(query);
  return panel;
}

/**
 * One number. `bad`: from it on it is red.
 * @param {{ title: string, query: Query, unit?: string, bad?: number, width?: number }} panel
 */
export function number({ title, query, unit = 'short', bad, width = 4 }) {
  const panel = new StatBuilder()
    .title(title)
    .datasource(source)
    .unit(unit)
    .span(width)
    .height(4)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .noValue('–');
  if (bad !== undefined) {
    const steps = [
      { value: null, color: 'green' },
      { value: bad, color: 'red' },
    ];
    panel.thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps));
  }
  for (const one of queries([query])) panel.withTarget(one);
  return panel;
}
