import { expect, test } from 'vitest';
import { files, macKey, one, opened, sealRun } from '../support/seal-run.ts';
import { secretValue } from '../support/secret-value.ts';
import { openTerminal, terminals } from '../support/terminal.ts';

const [password, token, salt] = ['password', 'token', 'salt'].map(secretValue) as [string, string, string];
const onTerminal = test.skipIf(!terminals);

const start = (folder: string, ...words: string[]) =>
  openTerminal(folder, ['seal', ...one, ...words], { STOWAGE_MAC_KEY: macKey });

test.runIf(process.env.CI === 'true')('python3, which opens the terminals, is installed where everything must be checked', () => {
  expect(terminals, 'python3 is missing; .ci/run installs it').toBe(true);
});

onTerminal('what is missing is asked for, nothing that is typed is shown, and an empty line leaves a value out', async () => {
  const run = sealRun();
  const { after, end } = start(run.folder);
  await after('db/password: ', 'short\r');
  await after('the value has 5 characters and must have 12 or more\r\ndb/password: ', `${password}\r`);
  await after('session/token (signs cookies): ', `${token}\r`);
  await after('session/salt: ', '\r');
  await after('account/password: ', `x\u007f${password}ä\r`);
  await after('account/hash: ', '\r');
  const { code, shown } = await end;
  expect(code).toBe(0);
  expect(shown).toContain('values are not shown; an empty line leaves one out');
  for (const value of [password, token, 'short', 'xä', 'ä']) expect(shown).not.toContain(value);
  expect(opened(run, files.session)).toEqual({ token });
  expect(opened(run, files.account).password).toBe(`${password}ä`);
  expect(opened(run, files.db).url).toContain(token);
});

onTerminal('what is typed ahead or pasted answers one question after the other', async () => {
  const run = sealRun();
  const { after, end } = start(run.folder, 'session');
  await after('session/token (signs cookies): ', `${token}\r${salt}\r`);
  const { shown } = await end;
  expect(shown).not.toContain(token);
  expect(shown).not.toContain(salt);
  expect(opened(run, files.session)).toEqual({ token, salt });
});

onTerminal('a key in PEM has more lines than one, and is not taken by its first', async () => {
  const run = sealRun();
  const { after, end } = start(run.folder, 'session/salt');
  await after('session/salt: ', `-----BEGIN PRIVATE KEY-----\r${salt}\r-----END PRIVATE KEY-----\r`);
  const { code, shown } = await end;
  expect(code).toBe(2);
  expect(shown).toContain('give it with --from-file session/salt=<path>');
  expect(shown).not.toContain(salt);
  expect(() => run.text(files.session)).toThrow('ENOENT');
});

onTerminal('the end of the input ends the questions, and what was answered is sealed', async () => {
  const run = sealRun();
  const { after, end } = start(run.folder, 'session');
  await after('session/token (signs cookies): ', `${token}\r`);
  await after('session/salt: ', '\u0004');
  expect(await end).toMatchObject({ code: 1, shown: expect.stringContaining('missing: one/shop db/url: it is made from') });
  expect(opened(run, files.session)).toEqual({ token });
});

onTerminal('Ctrl-C ends with 130, and nothing is written', async () => {
  const run = sealRun();
  const { after, end } = start(run.folder, 'session');
  await after('session/token (signs cookies): ', `${token}\r`);
  await after('session/salt: ', `${salt}\u0003`);
  const { code, shown } = await end;
  expect(code).toBe(130);
  expect(shown).toContain('stopped; nothing was left half-written');
  for (const value of [token, salt]) expect(shown).not.toContain(value);
  expect(() => run.text(files.session)).toThrow('ENOENT');
});

onTerminal('what was sealed elsewhere while values were asked for is not replaced', async () => {
  const run = sealRun();
  const { after, end } = start(run.folder, 'session');
  await after('session/token (signs cookies): ', `${token}\r`);
  await run.give({ salt }, [...one, 'session/salt']);
  const meanwhile = run.text(files.session);
  await after('session/salt: ', '\r');
  expect(await end).toMatchObject({
    code: 3,
    shown: expect.stringContaining(`${files.session} was changed while this command ran`),
  });
  expect(run.text(files.session)).toBe(meanwhile);
});

onTerminal('--stdin is refused where it would show what is typed', async () => {
  const { end } = start(sealRun().folder, 'session/salt', '--stdin');
  expect(await end).toMatchObject({ code: 2, shown: expect.stringContaining('a terminal would show what is typed') });
});
