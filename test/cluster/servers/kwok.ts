import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Premises } from './premises.ts';

/** Plays the kubelets: nodes are ready, pods run as soon as they have a node, those of Jobs come to their end. */
export function startKwok({ installed, folder, run }: Premises, kubeconfig: string): void {
  const stages = join(installed.kwok, 'stages');
  const config = join(folder, 'stages.yaml');
  writeFileSync(
    config,
    readdirSync(stages)
      .map((name) => readFileSync(join(stages, name), 'utf8'))
      .join('\n---\n'),
  );
  const words = [
    ...[`--kubeconfig=${kubeconfig}`, `--config=${config}`, '--manage-all-nodes=true', '--cidr=10.244.0.1/16'],
    // Without it nothing of a node is played before its lease is held.
    '--node-lease-duration-seconds=0',
  ];
  run('kwok', join(installed.kwok, 'kwok'), words);
}
