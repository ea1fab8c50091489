/* eslint-disable @typescript-eslint/no-explicit-any -- each kind's own: the compiler checks them as values of their types */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { loadConfiguration } from '#platform';
import { unpackedProgram } from '../../tools/servers/debian/unpacked-program.mjs';
import { serviceNames } from '../../tools/services.mjs';
import { faultsOf, type Manifest } from './kinds.js';

const root = resolve(import.meta.dirname, '../..');
const overlays = readdirSync(join(root, 'k8s/overlays'));
const services = serviceNames();

const rendered = new Map<string, Manifest[]>();
beforeAll(async () => {
  const kubectl = await unpackedProgram('kubectl');
  for (const overlay of overlays) {
    const yaml = execFileSync(kubectl, ['kustomize', join(root, 'k8s/overlays', overlay)], { encoding: 'utf8' });
    rendered.set(
      overlay,
      parseAllDocuments(yaml).map((document) => document.toJS() as Manifest),
    );
  }
}, 120_000);

const podsOf = (manifests: readonly Manifest[]): { name: string; pod: any }[] =>
  manifests
    .filter(({ kind }) => ['Deployment', 'Job', 'StatefulSet', 'CronJob'].includes(kind))
    .map(({ metadata, spec }) => ({ name: metadata.name, pod: spec.template.spec }));

/** Keys beyond a service's own addresses: whose they are, nobody else mounts. */
const keys: Record<string, string[]> = {
  'user-provisioner': ['itk-secret-key'],
  console: ['itk-desk-key'],
  'onec-component': ['itk-desk-public-keys'],
};

it('the check of kinds sees an unknown field, a wrong type and a missing one', () => {
  const [manifest] = rendered.get('production')!.filter(({ kind }) => kind === 'Deployment');
  const spoiled = [0, 1, 2].map(() => structuredClone(manifest!));
  spoiled[0]!.spec.template.spec.containers[0].readynessProbe = {};
  spoiled[1]!.spec.template.spec.containers[0] = { image: 'x' };
  spoiled[2]!.spec.replicas = 'two';
  const faults = faultsOf(spoiled);
  expect(faults).toHaveLength(3);
  expect(faults.join('\n')).toMatch(/readynessProbe[^]*name[^]*missing[^]*'string' is not assignable to type 'number'/);
}, 60_000);

describe.each(overlays)('overlay %s', (overlay) => {
  const manifests = (): Manifest[] => rendered.get(overlay)!;

  it('every manifest is one of its kind', () => {
    expect(manifests().length).toBeGreaterThan(20);
    expect(faultsOf(manifests())).toEqual([]);
  }, 60_000);

  it('has a Deployment, an account and a disruption budget of every service, and the migrations', () => {
    const named = (kind: string): string[] =>
      manifests()
        .filter((manifest) => manifest.kind === kind)
        .map(({ metadata }) => metadata.name)
        .sort();
    for (const kind of ['Deployment', 'ServiceAccount', 'PodDisruptionBudget'])
      expect(named(kind)).toEqual([...services].sort());
    expect(named('Job')).toEqual(['migrations']);
  });

  it('no pod without limits, a read-only root, the least rights and a tag that stays', () => {
    for (const { name, pod } of podsOf(manifests())) {
      expect(pod).toMatchObject({ automountServiceAccountToken: false, securityContext: { runAsNonRoot: true } });
      for (const container of pod.containers as { image: string }[]) {
        expect({ name, container }).toMatchObject({
          container: {
            resources: { requests: { memory: expect.any(String) }, limits: { memory: expect.any(String) } },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ['ALL'] },
            },
          },
        });
        expect(container.image).toMatch(/:\d+\.\d+\.\d+$/);
      }
    }
  });

  it('every service has its three probes at the port that it shows its health on, and time to drain', () => {
    for (const { name, pod } of podsOf(manifests()).filter((one) => one.name !== 'migrations')) {
      const [container] = pod.containers as Record<string, any>[];
      const environment = Object.fromEntries(
        (container!.env as { name: string; value?: string }[]).map((one) => [one.name, one.value]),
      );
      const health = (container!.ports as { name: string; containerPort: number }[]).find(
        (port) => port.name === 'health',
      );
      expect(String(health?.containerPort)).toBe(environment.HEALTH_PORT);
      for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe'])
        expect(container![probe]).toMatchObject({
          httpGet: { path: expect.stringMatching(/^\/health\/(live|ready)$/), port: 'health' },
        });
      expect(container!.args).toEqual([name]);
      // closeOnSignals gives up after 25 s
      expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(25);
    }
  });

  it('only user-provisioner has the key of passwords, only the console that of the desk, each service its own addresses', () => {
    const secretsOf = ({ pod }: { pod: any }): string[] =>
      (pod.volumes as { secret?: { secretName: string } }[]).flatMap(({ secret }) =>
        secret ? [secret.secretName] : [],
      );
    for (const one of podsOf(manifests()).filter(({ name }) => name !== 'migrations'))
      expect(secretsOf(one).sort()).toEqual(['itk-systems', `itk-${one.name}`, ...(keys[one.name] ?? [])].sort());
  });

  it('its configuration can be used, and the key of the desk lies where that says', () => {
    const { onecComponent, console: ours } = loadConfiguration(join(root, 'k8s/overlays', overlay, 'itk.yaml'), {
      ...{ DATABASE_URL: 'postgres://u@db/itk', AMQP_URL: 'amqp://mq' },
    });
    const placeOf = (name: string): unknown => {
      const { pod } = podsOf(manifests()).find((one) => one.name === name)!;
      const { mountPath } = pod.containers[0].volumeMounts.find((mount: any) => mount.name === 'desk');
      return mountPath;
    };
    expect(dirname(ours.desk!.keyFile)).toBe(placeOf('console'));
    expect(dirname(onecComponent!.desk!.keysFile)).toBe(placeOf('onec-component'));
    expect(ours.desk!.url).toBe(`http://onec-component:${onecComponent!.desk!.port}`);
  });

  it('every secret that is mounted is made by the commands of the document', () => {
    const text = readFileSync(join(root, 'docs/operations.md'), 'utf8');
    const made = [...text.matchAll(/create secret generic (itk-[\w$-]+)/g)].map(([, name]) => name!);
    // two loops: over the services, and over the two halves of the desk's key
    const each = [...services, 'desk-key', 'desk-public-keys'].map((name) => `itk-${name}`);
    const names = made.flatMap((name) => (name === 'itk-$s' ? each : [name]));
    const mounted = podsOf(manifests()).flatMap(({ pod }) =>
      (pod.volumes as any[]).flatMap(({ secret, projected }) => [
        ...(secret ? [secret.secretName as string] : []),
        ...((projected?.sources ?? []) as any[]).flatMap((one) => (one.secret ? [one.secret.name as string] : [])),
      ]),
    );
    expect([...new Set(mounted)].filter((name) => !names.includes(name))).toEqual([]);
  });
});

it('in production the desk is the console’s alone, metrics are Prometheus’, and nobody else gets in', () => {
  const policies = rendered.get('production')!.filter(({ kind }) => kind === 'NetworkPolicy');
  const toPort = (port: number): unknown[] =>
    policies.flatMap(({ spec }) =>
      ((spec.ingress ?? []) as { ports: { port: number }[]; from: unknown[] }[])
        .filter(({ ports }) => ports.some((one) => one.port === port))
        .flatMap(({ from }) => from),
    );
  expect(toPort(8091)).toEqual([
    { podSelector: { matchLabels: expect.objectContaining({ 'app.kubernetes.io/name': 'console' }) as object } },
  ]);
  expect(toPort(8090)).toEqual([
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } },
  ]);
  expect(policies.some(({ spec }) => spec.ingress === undefined && spec.policyTypes.includes('Ingress'))).toBe(true);
});
