import { expect, test } from 'vitest';
import { certificateId, readCertificate, refuseCertificate } from '../../src/sealing/certificate.ts';
import { throwawayCertificate, throwawayText } from './throwaway.ts';

const now = new Date('2026-11-21T12:00:00Z');
const valid = throwawayCertificate('valid');
const colons = (valid.fingerprint.match(/../g) as string[]).join(':').toUpperCase();

test('what a certificate says', () => {
  expect(valid).toMatchObject({ subject: 'CN=throwaway-valid', bits: 2048, notBefore: new Date('2020-01-01T00:00:00Z') });
  expect(valid.publicKey.type).toBe('public');
  expect(valid.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  expect(certificateId(valid)).toBe(valid.fingerprint.slice(0, 16));
});

test('the first certificate of a text counts, whatever stands around it', () => {
  const others = `${throwawayText('valid.key')}\nSubject: x\r\n${throwawayText('valid.pem').replaceAll('\n', '\r\n')}`;
  expect(readCertificate(others + throwawayText('other.pem'))?.fingerprint).toBe(valid.fingerprint);
});

test.each([
  ['nothing', ''],
  ['another text', 'sealing.pem'],
  ['a private key', throwawayText('valid.key')],
  ['no base64', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
  ['half of one', throwawayText('valid.pem').slice(0, 400)],
  ['one with bytes after its end', throwawayText('valid.pem').replace(/=*\n-----END/, 'AAAA\n-----END')],
  ['a broken one before a good one', throwawayText('valid.pem').replace('MII', 'AAA') + throwawayText('other.pem')],
])('%s is no certificate', (_, text) => {
  expect(readCertificate(text)).toBeUndefined();
});

test.each([undefined, valid.fingerprint, colons])('a valid one is taken with the pin %s', (pin) => {
  expect(refuseCertificate(valid, pin, now)).toBeUndefined();
});

test.each([
  ['expired', 'it expired on 2021-01-01'],
  ['not-yet', 'it is valid from 2100-01-01 only'],
  ['short', 'its key has 1024 bits, and fewer than 2048 are not safe'],
  ['elliptic', 'it holds a key of type ec, and sealed-secrets works with RSA'],
])('%s: %s', (name, reason) => {
  const certificate = throwawayCertificate(name);
  expect(refuseCertificate(certificate, certificate.fingerprint, now)).toBe(reason);
});

test('another certificate than the pinned one is refused, and both are named', () => {
  const pinned = throwawayCertificate('other').fingerprint;
  expect(refuseCertificate(valid, pinned, now)).toBe(
    `its fingerprint is sha256:${valid.fingerprint}, and sha256:${pinned} is pinned`,
  );
});

test.each(['', 'abc', valid.fingerprint.slice(1), `${valid.fingerprint}0`])('`%s` is no pin', (pin) => {
  expect(refuseCertificate(valid, pin, now)).toContain('no SHA-256');
});
