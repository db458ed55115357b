import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { throwawayCertificate, throwawayText } from '../sealing/throwaway.ts';
import { files, macKey, one, opened, type SealRun, sealRun } from '../support/seal-run.ts';
import { secretValue } from '../support/secret-value.ts';
import { openTerminal, terminals } from '../support/terminal.ts';
import { cli, findInTrace, runTraced, type Traced, traced, traces } from '../support/trace-cli.ts';

const onTraced = test.skipIf(!traces);
const [password, token, salt] = ['password', 'token', 'salt?&+~'].map(secretValue) as [string, string, string];
const given = `db/password=${password}\ntoken=${token}\nsalt=${salt}\naccount/password=${password}\n`;
const all = [password, token, salt];

test.runIf(process.env.CI === 'true')('strace may look at processes where everything must be checked', () => {
  expect(traces, 'strace is missing, or ptrace is not allowed; .ci/run installs it').toBe(true);
});

function seal({ folder }: SealRun, words: readonly string[], input: string | Uint8Array = '', env = {}): Traced {
  return runTraced([...cli, 'seal', ...words], folder, { input, env: { STOWAGE_MAC_KEY: macKey, ...env } });
}

function expectNothing(run: Traced, secrets: readonly (string | Uint8Array | undefined)[]): void {
  // A trace that shows nothing proves nothing.
  expect(run.trace.includes('write(')).toBe(true);
  for (const secret of secrets) {
    if (secret === undefined || secret.length < 16) throw new Error('nothing to look for');
    expect(findInTrace(run.trace, secret)).toBeUndefined();
    for (const told of [run.out, run.err]) expect(findInTrace(Buffer.from(told), secret)).toBeUndefined();
  }
}

onTraced.each([
  ['as it is', 'process.stdout.write(text)'],
  ['in base64, behind other bytes', 'process.stdout.write(Buffer.from("x" + text).toString("base64"))'],
  [
    'in hex, to a file',
    'require("fs").writeFileSync("leak", Buffer.from(text).toString("hex")); require("fs").unlinkSync("leak")',
  ],
  ['in the name of a file', 'try { require("fs").readFileSync(text) } catch {}'],
  ['to a process', 'require("child_process").spawnSync("true", [encodeURIComponent(text)])'],
])('a program that gives a value away %s is caught', (_, does) => {
  const script = `const text = require("fs").readFileSync(0, "utf8"); ${does}`;
  const run = runTraced([process.execPath, '-e', script], sealRun().folder, { input: salt });
  expect(run.code).toBe(0);
  expect(findInTrace(run.trace, salt)).toBeDefined();
});

onTraced('values of an env file, composed and hashed', () => {
  const run = sealRun();
  const ended = seal(run, [...one, '--from-env-file', '/dev/stdin'], given);
  expect(ended).toMatchObject({ code: 0, err: '' });
  const db = opened(run, files.db);
  expect(db.url).toContain(password);
  expectNothing(ended, [...all, db.url, opened(run, files.account).hash]);
  expectNothing(runTraced([...cli, 'compile', '--no-verify'], run.folder, {}), [...all, db.url]);
  expectNothing(seal(run, ['--status']), [...all, db.url]);
});

onTraced('a value of a file, and one of standard input', () => {
  const run = sealRun();
  const fromFile = seal(run, [...one, '--from-file', 'salt=/dev/stdin'], salt);
  const fromInput = seal(run, [...one, '--stdin', 'session/token'], `${token}\n`);
  expect(fromInput.err).toContain('the value ends in a line break');
  expect(opened(run, files.session)).toEqual({ token: `${token}\n`, salt });
  expectNothing(fromFile, [salt]);
  expectNothing(fromInput, [token]);
});

onTraced('values that chance makes, at first and when they are rotated', () => {
  const run = sealRun();
  for (const way of ['--generate', '--rotate']) {
    const ended = seal(run, ['-e', 'one', '-s', 'mail', way]);
    expect(ended).toMatchObject({ code: 0, err: '' });
    const values = Object.values(opened(run, files.made)) as string[];
    // A key in PEM would be written line by line, escaped.
    const lines = values.flatMap((value) => value.split('\n')).filter((line) => line.length >= 16 && !line.startsWith('-----'));
    expect(lines.length).toBeGreaterThan(30);
    expectNothing(ended, lines);
  }
});

onTraced('values that the keys of the controller open, and these keys', () => {
  const run = sealRun();
  expect(seal(run, [...one, '--from-env-file', '/dev/stdin'], given).code).toBe(0);
  run.edit('clusters/east/cluster.yaml', throwawayCertificate('valid').fingerprint, throwawayCertificate('other').fingerprint);
  writeFileSync(join(run.folder, 'clusters/east/sealing.pem'), throwawayText('other.pem'));
  const key = throwawayText('valid.key');
  const ended = seal(run, [...one, '--rotate-certificate', '--private-key', '/dev/stdin'], key);
  expect(ended).toMatchObject({ code: 0, err: '' });
  expect(opened(run, files.session, 'other')).toEqual({ token, salt });
  expectNothing(ended, [...all, ...key.split('\n').filter((line) => line.length === 64)]);
});

onTraced.each<[string, string, NodeJS.ProcessEnv, string]>([
  ['a line that is none', `${salt}\n${given}`, {}, 'not NAME=value'],
  ['a value for a key that is not there', `${given}slat=${salt}\n`, {}, 'there is no key `slat`'],
  ['a value that stands before the =', `${password}=token\n`, {}, 'before the = is no key'],
  ['a value given twice', `${given}session/token=${token}2\n`, {}, 'was given already'],
  ['a MAC key that is none', given, { STOWAGE_MAC_KEY: `not ${password}` }, 'cannot be used'],
])('%s is refused without a word of it', (_, input, env, message) => {
  const ended = seal(sealRun(), [...one, '--from-env-file', '/dev/stdin'], input, env);
  expect(ended.code).not.toBe(0);
  expect(ended.err).toContain(message);
  // strace shows the call, and its environment only as a count.
  expectNothing(ended, all);
});

test.skipIf(!traces || !terminals)('values that are typed', async () => {
  const run = sealRun();
  const { words, trace } = traced([...cli, 'seal', ...one, 'session']);
  const { after, end } = openTerminal(run.folder, words, { STOWAGE_MAC_KEY: macKey }, []);
  await after('session/token (signs cookies): ', `${token}\r`);
  await after('session/salt: ', `${salt}\r`);
  const { code, shown } = await end;
  expect(opened(run, files.session)).toEqual({ token, salt });
  expectNothing({ code, out: shown, err: '', trace: trace() }, [token, salt]);
});
