import { readFileSync } from 'node:fs';

/** What processes hold now, in words; only Linux tells. */
export function memoryOf(processes: ReadonlyMap<string, number>): string {
  if (process.platform !== 'linux') return 'memory unknown';
  const held = [...processes].map(([name, id]): [string, number] => {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? '0';
    return [name, Math.round(Number(kilobytes) / 1024)];
  });
  const total = held.reduce((sum, [, megabytes]) => sum + megabytes, 0);
  return `${total} MB in ${held.map(([name, megabytes]) => `${name} ${megabytes}`).join(', ')}`;
}
