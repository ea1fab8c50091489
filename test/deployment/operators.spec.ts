/* eslint-disable @typescript-eslint/no-explicit-any -- each kind's own: the compiler checks them as values of their types */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { unpackedProgram } from '../../tools/servers/debian/unpacked-program.mjs';
import { serviceNames } from '../../tools/services.mjs';
import { faultsOf, type Manifest } from './kinds.js';

const root = resolve(import.meta.dirname, '../..');
const work = mkdtempSync(join(tmpdir(), 'itk-operators-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** The base with components of `k8s/components`, as an overlay would list them. */
async function renderedWith(...components: string[]): Promise<Manifest[]> {
  const folder = join(work, components.join('+') || 'base');
  mkdirSync(folder, { recursive: true });
  const place = relative(folder, join(root, 'k8s'));
  writeFileSync(
    join(folder, 'kustomization.yaml'),
    JSON.stringify({
      namespace: 'itk',
      resources: [`${place}/base`],
      components: components.map((name) => `${place}/components/${name}`),
    }),
  );
  const yaml = execFileSync(await unpackedProgram('kubectl'), ['kustomize', folder], { encoding: 'utf8' });
  return parseAllDocuments(yaml).map((document) => document.toJS() as Manifest);
}

const namesOf = (manifests: readonly Manifest[], kind: string): string[] =>
  manifests
    .filter((manifest) => manifest.kind === kind)
    .map(({ metadata }) => metadata.name)
    .sort();

/** Every Secret that a pod mounts or takes a variable from. */
function secretsOf(manifests: readonly Manifest[]): string[] {
  const found = new Set<string>();
  JSON.stringify(manifests, (key, value: any) => {
    if (key === 'secret') found.add(value.secretName ?? value.name);
    if (key === 'secretKeyRef') found.add(value.name);
    return value;
  });
  return [...found].sort();
}

const operators = ['external-secrets', 'rabbitmq-operator', 'cloudnative-pg'];

it('each kind of an operator is as that operator knows it, and an unknown field is refused', async () => {
  const manifests = await renderedWith(...operators);
  const own = manifests.filter(({ apiVersion }) => /rabbitmq|cnpg|external-secrets/.test(apiVersion));
  expect([...new Set(own.map(({ kind }) => kind))].sort()).toEqual(['Cluster', 'ExternalSecret', 'RabbitmqCluster']);
  expect(faultsOf(manifests)).toEqual([]);
  const spoiled = ['RabbitmqCluster', 'Cluster', 'ExternalSecret'].map((kind) => {
    const manifest = structuredClone(own.find((one) => one.kind === kind)!);
    manifest.spec.replikas = 3;
    return manifest;
  });
  expect(faultsOf(spoiled).filter((fault) => fault.includes('replikas'))).toHaveLength(3);
}, 180_000);

it('broker and database are of three, apart from each other, at the names that make-secrets.sh writes', async () => {
  const manifests = await renderedWith(...operators);
  const [broker] = manifests.filter(({ kind }) => kind === 'RabbitmqCluster');
  const [database] = manifests.filter(({ kind }) => kind === 'Cluster');
  expect(broker).toMatchObject({ metadata: { name: 'rabbitmq' }, spec: { replicas: 3 } });
  expect(broker!.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution).toHaveLength(1);
  expect(database).toMatchObject({
    spec: {
      instances: 3,
      affinity: { podAntiAffinityType: 'required' },
      managed: {
        services: { additional: [{ selectorType: 'rw', serviceTemplate: { metadata: { name: 'postgres' } } }] },
      },
    },
  });
  for (const image of [broker!.spec.image, database!.spec.imageName]) expect(image).toMatch(/:\d+\.\d+(\.\d+)?-\w+$/);
}, 120_000);

it('the migrations take the administrators of the operators, the services nothing of theirs', async () => {
  const manifests = await renderedWith('rabbitmq-operator', 'cloudnative-pg');
  const jobs = manifests.filter(({ kind }) => kind === 'Job');
  const services = serviceNames().map((name) => `itk-${name}`);
  expect(secretsOf(jobs)).toEqual([...services, 'itk-systems', 'postgres-app', 'rabbitmq-default-user'].sort());
  const [container] = jobs[0]!.spec.template.spec.containers as { env: { name: string; value?: string }[] }[];
  const environment = Object.fromEntries(container!.env.map(({ name, value }) => [name, value]));
  expect(environment).toEqual({
    BROKER_USER: undefined,
    BROKER_PASSWORD: undefined,
    // no slash at its end: that were a vhost without a name
    AMQP_URL: 'amqp://$(BROKER_USER):$(BROKER_PASSWORD)@rabbitmq:5672',
    MANAGEMENT_URL: 'http://rabbitmq:15672',
    DATABASE_URL_FILE: '/run/itk/database/database-url',
  });
  // Kubernetes puts in only what stands before
  const order = container!.env.map(({ name }) => name);
  expect(order.indexOf('AMQP_URL')).toBeGreaterThan(order.indexOf('BROKER_PASSWORD'));
  expect(secretsOf(manifests.filter(({ kind }) => kind === 'Deployment'))).not.toContain('postgres-app');
}, 120_000);

it.each([[[]], [['rabbitmq-operator']], [['cloudnative-pg']], [['rabbitmq-operator', 'cloudnative-pg']]])(
  'every Secret that a pod names comes out of the store or from the operators %p',
  async (others: string[]) => {
    const manifests = await renderedWith('external-secrets', ...others);
    const made = others.map((name) => (name === 'cloudnative-pg' ? 'postgres-app' : 'rabbitmq-default-user'));
    expect([...namesOf(manifests, 'ExternalSecret'), ...made].sort()).toEqual(secretsOf(manifests));
  },
  120_000,
);
