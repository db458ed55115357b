import { describe, expect, test } from 'vitest';
import { blobDigest } from '../../src/sealing/sealed-record.ts';
import { compileClean } from '../support/compile-fleet.ts';
import type { Files } from '../support/fleet-files.ts';
import { sealedText } from '../support/sealed-text.ts';

const head = (kind: string, name: string) => `apiVersion: stowage.dev/v1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;

const system = `${head('System', 'shop')}spec:
  naming: plain
  secrets:
    db: { keys: { user: { default: shop }, password: {}, key: {} } }
    other: { keys: { token: {} } }
  env:
    shared: { URL: "pg://\${secrets.db.user}:\${secrets.db.password}@db/shop" }
  components:
    variable: { image: "e/i:1", env: { A: "\${secrets.db.password}" } }
    composed: { image: "e/i:1", env: { $from: [shared] } }
    command: { image: "e/i:1", args: ["--password=\${secrets.db.password}"] }
    whole: { workload: StatefulSet, image: "e/i:1", volumes: { v: { secret: db, mountPath: /v } } }
    items: { workload: DaemonSet, image: "e/i:1", volumes: { v: { secret: db, items: { key: k.pem }, mountPath: /v } } }
    init: { image: "e/i:1", initContainers: { a: { image: "e/i:1", env: { A: "\${secrets.db.password}" } } } }
    beside: { image: "e/i:1", sidecars: { a: { image: "e/i:1", env: { A: "\${secrets.db.password}" } } } }
    another: { image: "e/i:1", env: { A: "\${secrets.other.token}" } }
    unsealed: { image: "e/i:1", env: { A: "\${secrets.db.user}" } }
    once: { workload: Job, image: "e/i:1", env: { A: "\${secrets.db.password}" } }
    often: { workload: CronJob, schedule: "0 * * * *", image: "e/i:1", env: { A: "\${secrets.db.password}" } }
  objects:
    own:
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: own }
      spec:
        selector: { matchLabels: { a: b } }
        template:
          metadata: { labels: { a: b } }
          spec: { containers: [{ name: a, image: "e/i:1", envFrom: [{ secretRef: { name: db } }] }] }
`;

interface Value {
  readonly blob: string;
  readonly record?: string;
}

function files(values: Record<string, Value>): Files {
  const lines = Object.entries(values).flatMap(([key, { blob, record }]) =>
    record === undefined ? [] : [`      ${key}: certificate=3f2a9c0d11e2f3a4 ${record} blob=${blobDigest(blob)}\n`],
  );
  const data = Object.entries(values).map(([key, { blob }]) => `${key}: ${blob}`);
  return new Map([
    ['stowage.yaml', `${head('Fleet', 'f')}spec: { repository: { url: "https://git.example.com/f.git" } }\n`],
    [
      'clusters/dev/cluster.yaml',
      `${head('Cluster', 'dev')}spec: { kubernetes: "1.35", customResources: [bitnami.com/v1alpha1/SealedSecret] }\n`,
    ],
    [
      'clusters/dev/dev.yaml',
      `${head('Environment', 'dev')}spec: { systems: { shop: { namespace: { name: shop, create: false } } } }\n`,
    ],
    ['systems/shop/system.yaml', system],
    [
      'clusters/dev/sealed/dev/shop/db.yaml',
      `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: db
  namespace: shop
  annotations:
    stowage.dev/sealed: |
${lines.join('')}spec: { encryptedData: { ${data.join(', ')} } }
`,
    ],
  ]);
}

/** The annotation of each workload's pods, and all text of the base. */
function compiled(values: Record<string, Value>) {
  const { systems, outputs } = compileClean(files(values));
  const rolled = (systems[0]?.compiled.desired ?? []).flatMap(({ name, plain }) => {
    const { template } = (plain.spec ?? {}) as { template?: { metadata?: { annotations?: Record<string, string> } } };
    const digest = template?.metadata?.annotations?.['stowage.dev/secrets'];
    return digest === undefined ? [] : [[name, digest] as const];
  });
  return {
    rolled: Object.fromEntries(rolled),
    base: [...outputs].filter(([path]) => path.startsWith('base/')),
  };
}

const known = 'since=2026-11-21 mac=5d1c2b7a:Qm9kMfQm9kMfQm9kMfQm9k';
const renewed = 'since=2026-11-22 mac=5d1c2b7a:0m9kMfQm9kMfQm9kMfQm9k';
const password = { blob: sealedText('one'), record: known };
const key = { blob: sealedText('key'), record: known };

const changed = (before: Record<string, string>, after: Record<string, string>) =>
  Object.keys({ ...before, ...after })
    .filter((name) => before[name] !== after[name])
    .sort();

describe('pods that read a sealed value', () => {
  const before = compiled({ password, key });
  const readers = ['beside', 'command', 'composed', 'init', 'own', 'variable', 'whole'];

  test('say so, and no others do', () => {
    expect(Object.keys(before.rolled).sort()).toEqual([...readers, 'items'].sort());
    for (const digest of Object.values(before.rolled)) expect(digest).toMatch(/^[0-9a-f]{16}$/);
  });

  test('start anew when it changes: exactly those that read this key', () => {
    const after = compiled({ password: { blob: sealedText('two'), record: renewed }, key });
    expect(changed(before.rolled, after.rolled)).toEqual(readers);
    const other = compiled({ password, key: { blob: sealedText('new'), record: renewed } });
    expect(changed(before.rolled, other.rolled)).toEqual(['items', 'own', 'whole']);
    expect(after.base).toEqual(before.base);
  });

  test('stay when it is only encrypted anew', () => {
    const after = compiled({ password: { blob: sealedText('anew'), record: known }, key });
    expect(after.rolled).toEqual(before.rolled);
  });

  test('start anew with every new ciphertext while nobody can recognize the value', () => {
    const unknown = compiled({ password: { blob: sealedText('one') }, key });
    const anew = compiled({ password: { blob: sealedText('anew') }, key });
    expect(changed(unknown.rolled, anew.rolled)).toEqual(readers);
    const withoutMac = (words: string) => compiled({ password: { blob: sealedText(words), record: 'since=2026-11-21' }, key });
    expect(changed(withoutMac('one').rolled, withoutMac('anew').rolled)).toEqual(readers);
  });

  test('say nothing while nothing is sealed', () => {
    expect(compiled({}).rolled).toEqual({});
  });
});
