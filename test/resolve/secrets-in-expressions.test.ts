import { describe, expect, test } from 'vitest';
import { compileShop } from './compile-shop.ts';

const refused = 'what a secret holds is known to the cluster alone: an expression can put it whole into a text, and nothing else';

const text = (written: string) => JSON.stringify(written);
const variable = (written: string) => `env: { A: ${text(written)} }`;

function compileWeb(fields: string, more = '', moreKeys = '') {
  const secrets = `secrets: { db: { keys: { user: {}, pw: {} ${moreKeys} } } }`;
  return compileShop(`{ ${more} ${secrets}, components: { web: { image: "e/web:1", ${fields} } } }`);
}

function problemsOf(...written: Parameters<typeof compileWeb>): string[] {
  return compileWeb(...written).diagnostics.map(({ code, message }) => `${code}: ${message}`);
}

describe('an expression cannot compute on a secret', () => {
  test.each([
    'secrets.db.pw.upperAscii()',
    'size(secrets.db.pw)',
    'secrets["db"]["pw"].size()',
    'secrets.db.pw == "x"',
    'secrets.db.pw != secrets.db.user',
    '"x" in [secrets.db.pw]',
    '["x"] == [secrets.db.pw]',
    'secrets.db.pw < "x"',
    'secrets.db.pw.contains("db")',
    '"db".startsWith(secrets.db.pw)',
    '("a" + secrets.db.pw).size()',
    '(true ? "a" : secrets.db.pw).size()',
  ])('%s', (expression) => {
    const told = `expression-type: \`${expression}\`: ${refused}`;
    expect(problemsOf(variable(`\${${expression}}`))).toEqual([told]);
  });

  test('nor where a branch of it is not taken, in a composed text, or in a field that is no text', () => {
    const told = (expression: string) => [`expression-type: \`${expression}\`: ${refused}`];
    expect(problemsOf(variable('${false ? size(secrets.db.pw) : 1}'))).toEqual(told('false ? size(secrets.db.pw) : 1'));
    const composed = ', url: { compose: "${secrets.db.pw.trim()}" }';
    expect(problemsOf(variable('a'), '', composed)).toEqual(told('secrets.db.pw.trim()'));
    expect(problemsOf('replicas: "${size(secrets.db.pw)}"')).toEqual(told('size(secrets.db.pw)'));
  });

  test.each([
    'parameters.p.size()',
    'parameters.p == "x"',
    '"x" != parameters.p',
    'parameters.p < "x"',
    'parameters.p in ["x"]',
    '"a" in ["x"] || parameters.p in [parameters.p]',
    'parameters.p.upperAscii() + "x"',
    '[secrets.db.pw][0].size()',
    '[secrets.db.pw].map(one, one.size())[0]',
    'cel.bind(one, secrets.db.pw, one == "x")',
    'optional.of(secrets.db.pw).orValue("").size()',
    'self.runtimeClassName.contains("db")',
  ])('%s, where it comes by another way', (expression) => {
    const parameters = `parameters: { p: { type: string, default: ${text('a${secrets.db.pw}')} } },`;
    const fields = `runtimeClassName: ${text('${secrets.db.pw}')}, ${variable(`\${${expression}}`)}`;
    expect(problemsOf(fields, parameters)).toContain(`expression-failed: \`${expression}\`: ${refused}`);
  });
});

describe('an expression puts a secret whole into a text', () => {
  test.each([
    'secrets.db.pw',
    'secrets["db"].pw',
    'true ? secrets.db.pw : ""',
    'false ? "a" : secrets.db.pw',
    'optional.of(secrets.db.pw)',
    'optional.none().orValue(secrets.db.pw)',
    '[secrets.db.user, secrets.db.pw][1]',
    '["a", secrets.db.pw][1]',
    '{"a": secrets.db.pw}.a',
    'string(secrets.db.pw)',
    '[secrets.db.pw].join(",")',
    '["", secrets.db.pw].join()',
    'has(secrets.db.pw) ? secrets.db.pw : ""',
  ])('%s alone', (expression) => {
    expect(containerOf(`\${${expression}}`)).toEqual(containerOf('${secrets.db.pw}'));
  });

  test.each([
    '"a" + secrets.db.pw + "b" + secrets.db.user',
    '"a" + (true ? secrets.db.pw + "b" : "") + secrets.db.user',
    '["a" + secrets.db.pw, secrets.db.user].join("b")',
    '["a" + secrets.db.pw].map(one, one + "b" + secrets.db.user)[0]',
    'cel.bind(one, secrets.db.pw, "a" + one) + "b" + secrets.db.user',
  ])('%s among other text', (expression) => {
    expect(containerOf(`\${${expression}}`)).toEqual(containerOf('a${secrets.db.pw}b${secrets.db.user}'));
  });

  function containerOf(written: string): unknown {
    const { systems, diagnostics } = compileWeb(variable(written));
    expect(diagnostics.map(({ message }) => message)).toEqual([]);
    const objects = systems[0]?.compiled.finished() ?? [];
    const deployment = objects.find(({ kind }) => kind === 'Deployment') as never as {
      spec: { template: { spec: { containers: [object] } } };
    };
    const [container] = deployment.spec.template.spec.containers;
    expect(JSON.stringify(container)).toContain('secretKeyRef');
    return container;
  }
});
