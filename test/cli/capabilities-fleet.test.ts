import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { ClusterDocument } from '../../src/language/cluster.ts';
import { throwawayText } from '../sealing/throwaway.ts';
import { withLiveCluster } from '../support/capabilities-run.ts';
import { partOfFleet, readTree, referenceInputs, temporaryFolder } from '../support/fleet-files.ts';
import {
  isDefaultIngress,
  isDefaultStorage,
  type LiveCluster,
  liveCluster,
  node,
  storageClass,
} from '../support/live-cluster.ts';

/** Clusters alone: what their systems use is looked at elsewhere. */
const inputs = partOfFleet(referenceInputs(), (path) => /^(stowage\.yaml|clusters\/[^/]+\/(cluster\.yaml|.*\.pem))$/.test(path));
const textOf = (path: string) => new TextDecoder().decode(inputs.get(path));
const clusters = [...inputs.keys()].flatMap((path) => /^clusters\/([^/]+)\/cluster\.yaml$/.exec(path)?.[1] ?? []);

/** A cluster that is just as the file says. */
function asWritten({ spec }: ClusterDocument, certificate: string): LiveCluster {
  const marked = (classes: Record<string, { default?: boolean | undefined }> | undefined, mark: Record<string, string>) =>
    Object.entries(classes ?? {}).map(([name, facts]) => storageClass(name, facts.default === true ? mark : {}));
  const { cpu = 0, memory = 0 } = spec.capacity ?? {};
  const pools = Object.values(spec.gpuPools ?? {}).map(({ resource = '', labels = {}, count }) =>
    node({ allocatable: { cpu: '0', memory: '0', [resource]: String(count) }, labels }),
  );
  return liveCluster({
    version: { major: '1', minor: spec.kubernetes.slice(2) },
    storageClasses: marked(spec.storageClasses, isDefaultStorage),
    ingressClasses: marked(spec.ingressClasses, isDefaultIngress),
    nodes: [node({ allocatable: { cpu: String(cpu), memory: String(memory) } }), ...pools],
    kinds: [...(spec.customResources ?? []), 'unused.example.com/v1/Whatever'],
    metricsServer: spec.metricsServer === true ? 'True' : undefined,
    certificate,
  });
}

test('the fleet has clusters', () => expect(clusters).toContain('prod-eu'));

describe.each(clusters)('%s', (name) => {
  const path = `clusters/${name}/cluster.yaml`;
  const before = textOf(path);
  const live = asWritten(parse(before), textOf(`clusters/${name}/sealing.pem`));

  test('is left alone where the cluster is as its file says', async () => {
    const folder = temporaryFolder(inputs);
    const tree = readTree(folder);
    await withLiveCluster(live, async (run) => {
      expect(await run(folder, name, { check: true })).toEqual({ code: 0, err: '', out: 'no fact differs\n' });
      expect(await run(folder, name)).toEqual({ code: 0, err: '', out: 'no fact differs\n' });
    });
    expect(readTree(folder)).toEqual(tree);
  });

  test('changes in the lines of facts that differ only, and once', async () => {
    const folder = temporaryFolder(inputs);
    const moved = {
      ...live,
      version: { major: '1', minor: '36' },
      storageClasses: [...live.storageClasses, storageClass('archive')],
      nodes: [...live.nodes, node({ allocatable: { cpu: '16', memory: '64Gi' } })],
      kinds: live.kinds.filter((id) => !id.includes('ClusterIssuer')),
      certificate: throwawayText('other.pem'),
    };
    await withLiveCluster(moved, async (run) => {
      expect(await run(folder, name)).toMatchObject({ code: 0, err: '' });
      expect((await run(folder, name)).out).toBe('no fact differs\n');
    });
    const after = readFileSync(join(folder, path), 'utf8');
    const lines = after.split('\n');
    const gone = before.split('\n').filter((line) => !lines.includes(line));
    const added = lines.filter((line) => !before.split('\n').includes(line));
    expect(gone.map((line) => line.trim().split(/[ :]/)[0])).toEqual(['kubernetes', '-', 'capacity', 'sealing']);
    expect(added.map((line) => line.trim().split(/[ :]/)[0])).toEqual(['kubernetes', 'archive', 'capacity', 'sealing']);
    for (const comment of before.match(/#.*/g) ?? []) expect(after).toContain(comment);
    const [was, is] = [parse(before), parse(after)];
    expect(is.spec.kubernetes).toBe('1.36');
    expect(is.spec.capacity).toEqual({
      ...was.spec.capacity,
      cpu: was.spec.capacity.cpu + 16,
      memory: expect.stringMatching(/Gi$/),
    });
    expect(Object.keys(is.spec)).toEqual(Object.keys(was.spec));
  });
});
