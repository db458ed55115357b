import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blobDigest, type KeyRecord, printSealedRecord, readSealedRecord } from '../../src/sealing/sealed-record.ts';
import { settings } from '../support/fast-check-settings.ts';

const hex = fc.stringMatching(/^[0-9a-f]{16}$/);
const keyRecord = fc.record(
  {
    certificate: hex,
    since: fc.stringMatching(/^20\d\d-[01]\d-[0-3]\d$/),
    mac: fc.stringMatching(/^[0-9a-f]{8}:[\w-]{22}$/),
    text: hex,
    blob: fc.constant(blobDigest('blob')),
  },
  { requiredKeys: ['certificate', 'since'] },
);
const keys = fc.uniqueArray(fc.stringMatching(/^[-._a-zA-Z0-9]{1,12}$/), { maxLength: 6 });
const record = keys
  .chain((keys) => fc.tuple(...keys.map((key) => fc.tuple(fc.constant(key), keyRecord))))
  .map((all) => new Map(all));
const blobOf = () => 'blob';

const one: KeyRecord = { certificate: '3f2a9c0d11e2f3a4', since: '2026-11-21' };

test('what is printed reads back, in an order of its own', () => {
  fc.assert(
    fc.property(record, (record) => {
      const text = printSealedRecord(record);
      expect(readSealedRecord(text, blobOf)).toEqual(record);
      expect(printSealedRecord(new Map([...record].reverse()))).toBe(text);
    }),
    settings(200),
  );
});

test('one line a key', () => {
  const record = new Map([
    ['password', { ...one, mac: '5d1c2b7a:Qm9kMfAAAAAAAAAAAAAAAA', blob: '0011223344556677' }],
    ['DATABASE_URL', { ...one, text: '90ab12cd34ef5678' }],
  ]);
  expect(printSealedRecord(record)).toBe(
    [
      'DATABASE_URL: certificate=3f2a9c0d11e2f3a4 since=2026-11-21 text=90ab12cd34ef5678',
      'password: certificate=3f2a9c0d11e2f3a4 since=2026-11-21 mac=5d1c2b7a:Qm9kMfAAAAAAAAAAAAAAAA blob=0011223344556677',
      '',
    ].join('\n'),
  );
});

test('a record of another ciphertext, or of none, says nothing', () => {
  const text = printSealedRecord(new Map([['password', { ...one, blob: blobDigest('old') }]]));
  expect(readSealedRecord(text, () => 'old').size).toBe(1);
  expect(readSealedRecord(text, () => 'new').size).toBe(0);
  expect(readSealedRecord(text, () => undefined).size).toBe(0);
});

const line = 'certificate=3f2a9c0d11e2f3a4 since=2026-11-21';
test.each([
  ['no record', undefined, []],
  ['nothing', '', []],
  ['a word of a later version', `password: ${line} future=yes`, ['password']],
  ['blanks around', `  password:   ${line}  \r\n\n`, ['password']],
  ['no certificate', 'password: since=2026-11-21', []],
  ['no day', 'password: certificate=3f2a9c0d11e2f3a4', []],
  ['a damaged field', `password: ${line} mac=short`, []],
  ['a key twice', `password: ${line}\nuser: ${line}\npassword: ${line}`, ['user']],
  ['marks of a merge', `<<<<<<< ours\npassword: ${line}\n=======\npassword: ${line}\n>>>>>>> theirs`, []],
  ['names of every object', `__proto__: ${line}\nconstructor: ${line} toString=x`, ['__proto__', 'constructor']],
])('%s', (_, text, known) => {
  expect([...readSealedRecord(text, blobOf).keys()]).toEqual(known);
});
