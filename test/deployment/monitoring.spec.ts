import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { Dashboard, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { folder, madeFiles } from '../../tools/monitoring/files.mjs';
import { unpackedProgram } from '../../tools/servers/debian/unpacked-program.mjs';
import { runUniversity, type RunningUniversity } from '../harness/running-university.js';
import type { ServiceProcess } from '../harness/service.js';
import { until } from '../harness/until.js';
import { faultsOf, type Manifest } from './kinds.js';

const root = resolve(import.meta.dirname, '../..');
const work = mkdtempSync(join(tmpdir(), 'itk-monitoring-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

interface Rule {
  alert: string;
  expr: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}
const rulesIn = (text: string): Rule[] =>
  (parse(text) as { groups: { rules: Rule[] }[] }).groups.flatMap((g) => g.rules);
const alertsText = readFileSync(join(folder, 'alerts.yaml'), 'utf8');
const rules = rulesIn(alertsText);

it('promtool finds the alerts right, and each fires and rests as its test says', async () => {
  const promtool = await unpackedProgram('promtool');
  const said = execFileSync(promtool, ['test', 'rules', 'alerts.test.yaml'], { cwd: folder, encoding: 'utf8' });
  expect(said).toContain('SUCCESS');
  const tests = parse(readFileSync(join(folder, 'alerts.test.yaml'), 'utf8')) as {
    tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
  };
  const tried = tests.tests.flatMap(({ alert_rule_test }) => alert_rule_test);
  const named = (fires: boolean): string[] =>
    tried.filter(({ exp_alerts }) => exp_alerts.length > 0 === fires).map(({ alertname }) => alertname);
  const all = rules.map(({ alert }) => alert);
  expect([named(true), named(false)]).toEqual([all, all]);
}, 120_000);

it('an alert that says too little is found by promtool', async () => {
  const promtool = await unpackedProgram('promtool');
  writeFileSync(join(work, 'alerts.yaml'), alertsText.replace('itk_silent == 1', 'itk_silent == 2'));
  writeFileSync(join(work, 'alerts.test.yaml'), readFileSync(join(folder, 'alerts.test.yaml')));
  expect(() => execFileSync(promtool, ['test', 'rules', 'alerts.test.yaml'], { cwd: work, stdio: 'pipe' })).toThrow();
}, 120_000);

it('Prometheus and Alertmanager of the compose file take their settings', async () => {
  const settings = join(root, 'config/monitoring');
  const prometheus = readFileSync(join(settings, 'prometheus.yml'), 'utf8');
  const here = join(work, 'prometheus.yml');
  writeFileSync(here, prometheus.replace('/etc/prometheus/alerts.yaml', join(folder, 'alerts.yaml')));
  const promtool = await unpackedProgram('promtool');
  const amtool = await unpackedProgram('amtool');
  execFileSync(promtool, ['check', 'config', here], { stdio: 'pipe' });
  execFileSync(amtool, ['check-config', join(settings, 'alertmanager.yml')], { stdio: 'pipe' });
  const names = new Set(rules.map(({ alert }) => alert));
  const { inhibit_rules } = parse(readFileSync(join(settings, 'alertmanager.yml'), 'utf8')) as {
    inhibit_rules: Record<'source_matchers' | 'target_matchers', string[]>[];
  };
  const meant = inhibit_rules.flatMap((rule) => [...rule.source_matchers, ...rule.target_matchers]);
  for (const matcher of meant) {
    const pattern = new RegExp(`^(?:${/"(.+)"/.exec(matcher)![1]!})$`);
    expect([matcher, [...names].some((name) => pattern.test(name))]).toEqual([matcher, true]);
  }
}, 120_000);

it('every alert has a runbook page in both languages, is told in both, and no page is without its alert', () => {
  const pages = readdirSync(join(root, 'docs/runbooks')).filter((name) => name !== 'README.md');
  expect(rules.map(({ annotations }) => annotations.runbook).sort()).toEqual(
    pages.map((name) => `docs/runbooks/${name}`).sort(),
  );
  for (const { alert, annotations, labels } of rules) {
    expect(annotations.summary).not.toMatch(/[а-яё]/i);
    expect(annotations.summary_ru).toMatch(/[а-яё]/i);
    expect(['page', 'ticket']).toContain(labels.severity);
    const page = readFileSync(join(root, annotations.runbook!), 'utf8');
    expect(page.split('\n')[0]).toBe(`# ${alert}`);
    expect(page).toMatch(/^## По-русски$[^]+^## In English$/m);
  }
});

it('what is made from the alerts and the dashboards’ code is what stands in the component', () => {
  for (const [name, text] of Object.entries(madeFiles()))
    expect({ name, same: readFileSync(join(folder, name), 'utf8') === text, mend: 'npm run monitoring' }).toEqual({
      name,
      same: true,
      mend: 'npm run monitoring',
    });
});

it('the component renders, and its manifests are of the operator’s kinds', async () => {
  const place = relative(work, join(root, 'k8s'));
  writeFileSync(
    join(work, 'kustomization.yaml'),
    `namespace: itk\nresources: [${place}/base]\ncomponents: [${place}/components/monitoring]\n`,
  );
  const yaml = execFileSync(await unpackedProgram('kubectl'), ['kustomize', work], { encoding: 'utf8' });
  const manifests = parseAllDocuments(yaml).map((document) => document.toJS() as Manifest);
  const own = manifests.filter(({ kind }) => ['PodMonitor', 'PrometheusRule'].includes(kind));
  expect(own).toHaveLength(2);
  expect(faultsOf(own)).toEqual([]);
  const spoiled = own.map((manifest) => ({ ...manifest, spec: { ...(manifest.spec as object), grups: [] } }));
  expect(faultsOf(spoiled)).toHaveLength(2);
  const [monitor] = own.filter(({ kind }) => kind === 'PodMonitor') as { spec: { podMetricsEndpoints: object[] } }[];
  expect(monitor!.spec.podMetricsEndpoints).toMatchObject([{ port: 'health', path: '/metrics' }]);
  const boards = manifests.find(({ metadata }) => metadata.name === 'itk-dashboards') as unknown as {
    data: Record<string, string>;
  };
  expect(Object.keys(boards.data)).toHaveLength(Object.keys(madeFiles()).length - 1);
}, 120_000);

describe('a real scrape', () => {
  let university: RunningUniversity;
  let others: ServiceProcess[];
  beforeAll(async () => {
    university = await runUniversity({ students: 6, seed: 3, faulty: 0, courses: 8 });
    others = [university.replica('console'), university.replica('ims-gateway')];
    await Promise.all([university.start(), ...others.map((service) => service.start())]);
  }, 120_000);
  afterAll(() => university.stop(), 60_000);

  const expressions = (): string[] => [
    ...rules.map(({ expr }) => expr),
    ...Object.entries(madeFiles())
      .filter(([name]) => name.startsWith('dashboards/'))
      .flatMap(([, text]) => (JSON.parse(text) as Dashboard).panels ?? [])
      .flatMap((panel) => ((panel as Panel).targets ?? []) as { expr?: string }[])
      .flatMap(({ expr }) => expr ?? []),
  ];
  const namesIn = (expr: string): string[] => expr.match(/\b(itk|process|nodejs)_[a-z0-9_]+/g) ?? [];

  it('has every metric that alerts and dashboards ask for', async () => {
    const used = new Set(expressions().flatMap(namesIn));
    expect(used.size).toBeGreaterThan(30);
    const shown = async (): Promise<Set<string>> => {
      const texts = await Promise.all(
        [...Object.values(university.services), ...others].map(async ({ port }) =>
          (await fetch(`http://127.0.0.1:${port}/metrics`)).text(),
        ),
      );
      return new Set(
        texts
          .join('\n')
          .split('\n')
          .flatMap((line) => /^# TYPE (\S+) (\S+)/.exec(line)?.slice(1, 3).join(' ') ?? [])
          .flatMap((typed) => {
            const [name, type] = typed.split(' ') as [string, string];
            return type === 'histogram' ? ['_bucket', '_sum', '_count'].map((part) => name + part) : [name];
          }),
      );
    };
    let missing: string[] = [];
    await until(
      'every metric is shown',
      async () => {
        const now = await shown();
        missing = [...used].filter((name) => !now.has(name));
        return missing.length === 0;
      },
      60_000,
    ).catch(() => undefined);
    expect(missing).toEqual([]);
  }, 90_000);
});
