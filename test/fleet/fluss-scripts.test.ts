import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { referenceInputs } from '../support/fleet-files.ts';
import { propertiesOf } from './fleet.ts';

const inputs = referenceInputs();
const decoder = new TextDecoder();

/** Runs one of its scripts in a folder that has the paths of a pod; in place of programs of the image, ones that tell. */
function run(script: string, args: string[], files: Record<string, string>, more: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-fluss-'));
  try {
    for (const [path, text] of Object.entries({ 'conf/server.yaml': '', ...files })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text, { mode: 0o755 });
    }
    mkdirSync(join(folder, 'etc/fluss/conf'), { recursive: true });
    const text = decoder
      .decode(inputs.get(`systems/fluss/files/${script}`))
      .replaceAll(/(?<=[ =])\/(opt|etc)\//g, (path) => `${folder}${path}`);
    const pod = { FLUSS_HOME: folder, POD_NAME: 'server-2', POD_IP: '127.0.0.1', ADVERTISED_HOST: 'servers' };
    const env = { PATH: process.env.PATH, ...pod, CLIENT_PORT: '9124', INTERNAL_PORT: '9123', ...more };
    const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-c', text, script, ...args], { env, encoding: 'utf8' });
    const read = (path: string) => (existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined);
    const written = ['jaas.conf', 'zookeeper-client.properties', 'readiness'].map((file) => read(`etc/fluss/conf/${file}`));
    const mode = written[0] === undefined ? undefined : statSync(join(folder, 'etc/fluss/conf/jaas.conf')).mode & 0o777;
    return { stdout: stdout.replaceAll(folder, ''), stderr, status, config: read('conf/server.yaml') ?? '', written, mode };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const tells = '#!/bin/sh\necho "$@"\nenv\n';

describe('start.sh', () => {
  const start = (server: string, files: Record<string, string>, more: Record<string, string> = {}) =>
    run('start.sh', [server], { [`bin/${server}.sh`]: tells, ...files }, more);
  const ours = { 'opt/conf/server.yaml': 'zookeeper.address: zk:2181\n' };

  it('appends what only the pod knows', () => {
    const { config, stdout, stderr, status } = start('tablet-server', ours);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(propertiesOf(config)).toEqual({
      'zookeeper.address': 'zk:2181',
      'data.dir': '/tmp/fluss/data',
      'bind.listeners': 'INTERNAL://127.0.0.1:9123, CLIENT://127.0.0.1:9124',
      'advertised.listeners': 'CLIENT://server-2.servers:9124',
      'tablet-server.id': '2',
    });
    expect(stdout).toMatch(/^start-foreground$/m);
    expect(stdout).not.toContain('JVM_ARGS');
  });

  it('takes the server.yaml of somebody else where there is one, with or without an end of its last line', () => {
    const { config } = start('coordinator-server', { ...ours, 'opt/custom/server.yaml': 'zookeeper.address: own:2181' });
    expect(propertiesOf(config)).toMatchObject({ 'zookeeper.address': 'own:2181', 'data.dir': '/tmp/fluss/data' });
    expect(config).not.toContain('zk:2181');
  });

  it('tells of lines without effect and of values that are cut, and shows none of the latter', () => {
    const mistaken = 'bind.listeners: CLIENT://:1\ndata.dir: /data\nclient.word: pa#ss\nfine: 1 # why\n# all: of#it\n';
    const { stderr, status } = start('coordinator-server', { 'opt/conf/server.yaml': mistaken });
    expect(status).toBe(0);
    expect(stderr).toMatch(/1:bind\.listeners.*\n2:data\.dir.*\nWARNING: .*no effect/);
    expect(stderr).toMatch(/3:client\.word\nWARNING: .*comment/);
    expect(stderr).not.toMatch(/pa#ss|fine|of#it/);
  });

  it('asks for logins, whatever the server.yaml of somebody else says, and tells Java where they are', () => {
    const asks = (internal: string, client: string, files = {}) =>
      start('tablet-server', { ...ours, ...files }, { INTERNAL_PROTOCOL: internal, CLIENT_PROTOCOL: client, JVM_ARGS: '-Xss1m' });
    const all = asks('SASL', 'SASL', { 'opt/custom/server.yaml': 'security.protocol.map: CLIENT:PLAINTEXT' });
    expect(propertiesOf(all.config)).toMatchObject({
      'security.protocol.map': 'INTERNAL:SASL, CLIENT:SASL',
      'security.sasl.enabled.mechanisms': 'PLAIN',
      'client.security.protocol': 'SASL',
      'client.security.sasl.mechanism': 'PLAIN',
    });
    expect(all.stdout).toMatch(/^JVM_ARGS=-Xss1m -Djava\.security\.auth\.login\.config=\/etc\/fluss\/conf\/jaas\.conf$/m);
    const clients = propertiesOf(asks('PLAINTEXT', 'SASL').config);
    expect(clients['security.protocol.map']).toBe('INTERNAL:PLAINTEXT, CLIENT:SASL');
    expect(clients).not.toHaveProperty('client.security.protocol');
    const zookeeper = asks('PLAINTEXT', 'PLAINTEXT', { 'etc/fluss/conf/zookeeper-client.properties': '' });
    expect(zookeeper.config).not.toContain('security');
    expect(zookeeper.config).toMatch(/^zookeeper\.client\.config-path: .*\/etc\/fluss\/conf\/zookeeper-client\.properties$/m);
    expect(zookeeper.stdout).toContain('jaas.conf');
  });
});

describe('logins.sh', () => {
  const plain = 'org.apache.fluss.security.auth.sasl.plain.PlainLoginModule';
  const login = (part: string, password: string, number = '') => ({
    [`FLUSS_JAAS_${part}_USERNAME${number}`]: `${part.toLowerCase()}${number}`,
    [`FLUSS_JAAS_${part}_PASSWORD${number}`]: password,
  });
  const logins = (variables: Record<string, string>) => run('logins.sh', [], {}, variables);
  const module = { FLUSS_JAAS_ZOOKEEPER_MODULE: 'Digest' };

  it('writes what each who logs in needs, for its user alone', () => {
    const { written, mode, stderr, status } = logins({
      ...{ ...login('ZOOKEEPER', 'zero'), ...module },
      ...login('INTERNAL', 'one'),
      ...login('CLIENT', 'two', '_0'),
      ...login('CLIENT', 'three', '_1'),
    });
    expect({ status, stderr, mode }).toEqual({ status: 0, stderr: '', mode: 0o600 });
    expect(written).toEqual([
      [
        'Client {\n  Digest required\n  "username"="zookeeper"\n  "password"="zero";\n};\n',
        `internal.FlussServer {\n  ${plain} required\n  "user_internal"="one";\n};\n`,
        `FlussClient {\n  ${plain} required\n  "username"="internal"\n  "password"="one";\n};\n`,
        `client.FlussServer {\n  ${plain} required\n  "user_client_0"="two"\n  "user_client_1"="three";\n};\n`,
      ].join(''),
      'zookeeper.sasl.clientconfig=Client\n',
      'client.security.protocol:SASL;client.security.sasl.mechanism:PLAIN;client.security.sasl.username:client_0;client.security.sasl.password:two',
    ]);
  });

  it('writes nothing of those who do not log in', () => {
    const { written } = logins(login('INTERNAL', 'one'));
    expect(written[0]).not.toMatch(/^Client|client\.FlussServer/m);
    expect(written.slice(1)).toEqual([undefined, undefined]);
  });

  it.each([
    ['quotes and backslashes', 'a"b\\c\\', '"a\\"b\\\\c\\\\"'],
    ['what a shell would do something with', `$(id) \`id\` $HOME 'x' & | * ; # \t!`, `"$(id) \`id\` $HOME 'x' & | * ; # \t!"`],
    ['what ends a section of the file', '"; };', '"\\"; };"'],
    ['what printf would do something with', '%s%n-%%', '"%s%n-%%"'],
    ['an option, by its looks', '-n', '"-n"'],
    ['letters of the world', 'pässwörd-密码-🔑', '"pässwörd-密码-🔑"'],
    ['braces without the dollar', '{a} $ {b} ${', '"{a} $ {b} ${"'],
  ])('keeps %s in passwords and names', (_, odd, quoted) => {
    const { written, status, stderr } = logins({ FLUSS_JAAS_INTERNAL_USERNAME: odd, FLUSS_JAAS_INTERNAL_PASSWORD: odd });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(written[0]).toContain(`\n  "user_${quoted.slice(1)}=${quoted};\n`);
    expect(written[0]).toContain(`\n  "username"=${quoted}\n  "password"=${quoted};\n`);
  });

  it.each([
    ['an end of line', login('INTERNAL', 'word\n'), /INTERNAL_PASSWORD has an end of line/],
    ['a blank at the end', login('INTERNAL', 'word '), /begins or ends with a blank/],
    ['a property of Java', login('INTERNAL', 'word${user.home}'), /takes for a property/],
    [
      'a client without a password',
      { FLUSS_JAAS_CLIENT_USERNAME_3: 'word' },
      /CLIENT_USERNAME_3 is no use alone: FLUSS_JAAS_CLIENT_PASSWORD_3/,
    ],
    ['a password without a client', { FLUSS_JAAS_CLIENT_PASSWORD_3: 'word' }, /CLIENT_PASSWORD_3 is no use alone/],
    ['an empty password', login('ZOOKEEPER', ''), /is missing or empty/],
    ['a password that ends in the readiness check', login('CLIENT', 'wo;rd', '_0'), /has a ; in its name or password/],
  ])('refuses %s, and does not show it', (_, variables, message) => {
    const { stderr, status } = logins(variables);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr.replaceAll(/password|PASSWORD/g, '')).not.toMatch(/wo;?rd/);
  });
});

describe('ready.sh', () => {
  const check = { 'bin/readiness-check.sh': tells };
  const login = { 'etc/fluss/conf/readiness': 'client.security.protocol:SASL;x:y' };

  it('asks the check of the image, with a login where there is one', () => {
    const { stdout, status } = run('ready.sh', [], { ...check, ...login });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^READINESS_HEALTH_CHECK_AUTH=client\.security\.protocol:SASL;x:y$/m);
    expect(stdout).toMatch(/^READINESS_TCP_HOST=127\.0\.0\.1$/m);
    expect(stdout).toMatch(/^FLUSS_SERVER_ID=2$/m);
    expect(run('ready.sh', [], check).stdout).not.toContain('READINESS_HEALTH_CHECK_AUTH');
  });

  it('looks for an open port where the image cannot tell', () => {
    expect(run('ready.sh', [], {}, { CLIENT_PORT: '1' }).status).toBe(1);
  });
});
