import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../support/fleet-files.ts';

/** The description of the reference fleet in a git repository of its own, committed. */
export function copyReferenceFleet(folder: string): void {
  mkdirSync(folder);
  for (const name of ['stowage.yaml', 'systems', 'clusters'])
    cpSync(join(repository, name), join(folder, name), { recursive: true });
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=Tester', '-c', 'user.email=tester@example.com', ...words], { cwd: folder });
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '.');
  git('commit', '--quiet', '--message', 'The fleet');
}

/** Changes of each kind that a reviewer has to tell apart: many alike, one that is dangerous, one that is only a text. */
export function changeFleet(folder: string): void {
  for (const { file, before, after } of changes) replaceIn(folder, file, before, after);
}

export function replaceIn(folder: string, file: string, before: string, after: string): void {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(before)) throw new Error(`${file} does not say ${before}`);
  writeFileSync(path, text.replace(before, after));
}

const dev = 'clusters/dev/dev.yaml';
const eu = 'clusters/prod-eu/prod-eu.yaml';
const us = 'clusters/prod-us/prod-us.yaml';
const haproxy = 'systems/flts/files/haproxy.cfg';
const backups = 'profiles: [autoscaled, ingress, backups, production]';
const withoutBackups = 'profiles: [autoscaled, ingress, production]';

const changes: readonly { readonly file: string; readonly before: string; readonly after: string }[] = [
  // Wherever the head of fluss runs: other images.
  { file: 'systems/fluss/system.yaml', before: 'default: 0.9.1-incubating', after: 'default: 0.9.2-incubating' },
  // A text of several lines, changed in two places.
  { file: haproxy, before: 'maxconn 4096', after: 'maxconn 8192\n  tune.bufsize 32768' },
  { file: haproxy, before: 'timeout client 60s\n  timeout server 60s', after: 'timeout client 120s\n  timeout server 90s' },
  { file: haproxy, before: '  stats refresh 10s\n', after: '' },
  // Components that were not there.
  { file: dev, before: 'profiles: [minimal, with-minio]', after: 'profiles: [minimal, with-minio, with-flink]' },
  // Components that are no longer there, and what they kept: the same in two environments.
  { file: eu, before: backups, after: withoutBackups },
  { file: us, before: backups, after: withoutBackups },
  // More of the same.
  { file: eu, before: 'tablet: { replicas: 5 }', after: 'tablet: { replicas: 7, resources: { requests: { cpu: "3" } } }' },
  // More of the network than before.
  { file: eu, before: 'port: 5432, cidr: 10.20.0.0/24', after: 'port: 5432, cidr: 10.20.0.0/16' },
];
