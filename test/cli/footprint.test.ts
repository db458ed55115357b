import { expect, test } from 'vitest';
import { type Files, temporaryFolder, withFiles } from '../support/fleet-files.ts';
import { stowage } from '../support/run-cli.ts';
import { footprintFleet } from './footprint-fleet.ts';

const fleet = temporaryFolder(footprintFleet);

function changed(path: string, from: string, to: string): Files {
  const text = String(footprintFleet.get(path));
  if (!text.includes(from)) throw new Error(`${path} has no «${from}»`);
  return withFiles(footprintFleet, { [path]: text.replace(from, to) });
}

test('sums are aligned, and say what they leave out', () => {
  expect(stowage(['footprint'], { in: fleet })).toEqual({
    code: 0,
    out: `                                        pods     cpu  cpu limit   memory  memory limit  storage  nvidia.com/gpu

environment demo                           2       5        ≥ 4      8Gi         ≥ 8Gi    1.5Gi               1
  stock                                    2       5        ≥ 4      8Gi         ≥ 8Gi    1.5Gi               1
    train                                  1       4          4      8Gi           8Gi    1.5Gi               1
    under \`objects\`                        1       1       none                   none

environment dev                            7   8600m       ≥ 11  15.13Gi     ≥ 16.13Gi   31.5Gi               1
  at maximum scale                        13  10400m       ≥ 14   18.5Gi      ≥ 22.5Gi   31.5Gi               1
  while Jobs run, on top                   1       2          2      1Gi           1Gi
  on each node, on top                     1    100m       none    128Mi          none
  budget                                          10                20Gi
  ! beyond the budget at maximum scale          400m
  shop                                     5   3600m        ≥ 7   7.13Gi        8.13Gi     30Gi
    at maximum scale                      11   5400m       ≥ 10   10.5Gi        14.5Gi     30Gi
    while Jobs run, on top                 1       2          2      1Gi           1Gi
    on each node, on top                   1    100m       none    128Mi          none
    budget                                                                                 30Gi
    web                                    2    600m        ≥ 1   1.13Gi        2.13Gi
      at maximum scale                     8   2400m        ≥ 4    4.5Gi         8.5Gi
    database                               3       3          6      6Gi           6Gi     30Gi
    report (CronJob, while it runs)        1       2          2      1Gi           1Gi
    logs (DaemonSet, on each node)         1    100m       none    128Mi          none
  stock                                    2       5        ≥ 4      8Gi         ≥ 8Gi    1.5Gi               1
    train                                  1       4          4      8Gi           8Gi    1.5Gi               1
    under \`objects\`                        1       1       none                   none

cluster dev, all environments              9  13600m       ≥ 15  23.13Gi     ≥ 24.13Gi     33Gi               2
  at maximum scale                        15  15400m       ≥ 18   26.5Gi      ≥ 30.5Gi     33Gi               2
  while Jobs run, on top                   1       2          2      1Gi           1Gi
  on each node, on top                     1    100m       none    128Mi          none
  capacity                                        32                64Gi                    1Ti               2

≥, none: some container, or every one, sets no limit
on top: not in the sums, since nobody has said when Jobs run or how many nodes there are
`,
    err: '',
  });
});

test('a selection is what is listed; its environment and cluster are summed whole', () => {
  const { code, out } = stowage(['footprint', '-e', 'dev', '-s', 'stock'], { in: fleet });
  expect(code).toBe(0);
  expect(out).not.toContain('demo');
  expect(out).not.toMatch(/^ {2}shop/m);
  expect(out).toMatch(/^environment dev +7 +8600m/m);
  expect(out).toMatch(/^cluster dev, all environments +9 +13600m/m);
});

test('what is too much is told with its place', () => {
  const place = temporaryFolder(changed('clusters/dev/dev.yaml', '"10"', '"8"'));
  const { code, out, err } = stowage(['footprint'], { in: place });
  expect(code).toBe(1);
  expect(out).toMatch(/^ {2}! beyond the budget +600m$/m);
  expect(out).toMatch(/^ {2}! beyond the budget at maximum scale +2400m$/m);
  expect(err).toContain('clusters/dev/dev.yaml:5:17: error: dev asks for 8600m of cpu at minimum scale');
  const elsewhere = stowage(['footprint', '-e', 'demo', '-q'], { in: place });
  expect(elsewhere, 'not the business of demo').toEqual({ code: 0, out: '', err: '' });
});

test('a fleet that does not compile has no sums', () => {
  const place = temporaryFolder(changed('clusters/dev/dev.yaml', 'stock: {}', 'stok: {}'));
  const { code, out, err } = stowage(['footprint', '--json'], { in: place });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('[unknown-system]');
});

test('a selection of what is not there is wrong usage', () => {
  const { code, err } = stowage(['footprint', '-e', 'dve'], { in: fleet });
  expect(code).toBe(2);
  expect(err).toContain('did you mean `dev`?');
});
