import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gatherInputs, readWhole } from '../../src/store/gather-inputs.ts';

test('what is removed while it is looked at is as if it had not been there', () => {
  const fleet = mkdtempSync(join(tmpdir(), 'stowage-gather-'));
  try {
    mkdirSync(join(fleet, 'systems/shop'), { recursive: true });
    for (const path of ['stowage.yaml', 'systems/shop/system.yaml']) writeFileSync(join(fleet, path), 'kind: Fleet\n');
    const files = gatherInputs(
      fleet,
      () => {},
      (path, stats) => {
        if (path.endsWith('system.yaml')) rmSync(path);
        return readWhole(path, stats);
      },
    );
    expect([...files.keys()]).toEqual(['stowage.yaml']);
  } finally {
    rmSync(fleet, { recursive: true });
  }
});
