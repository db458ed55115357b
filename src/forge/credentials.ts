import { createPrivateKey } from 'node:crypto';
import { Failure } from '../store/fail.ts';

/** What shows a host who asks. */
export type Credentials =
  | { readonly kind: 'token'; readonly token: string /** The variable that it came from. */; readonly from: string }
  | { readonly kind: 'app'; readonly appId: string; readonly installation: number; readonly privateKey: string };

type Environment = Readonly<Record<string, string | undefined>>;

const app = {
  id: 'STOWAGE_GITHUB_APP_ID',
  installation: 'STOWAGE_GITHUB_APP_INSTALLATION',
  key: 'STOWAGE_GITHUB_APP_PRIVATE_KEY',
};

/** They come from the environment only: arguments are seen by every process of the machine, files are committed. */
export function readCredentials(kind: 'github' | 'gitea', environment: Environment): Credentials {
  if (kind === 'github' && given(environment, app.id)) return readApp(environment);
  const names = ['STOWAGE_TOKEN', kind === 'github' ? 'GITHUB_TOKEN' : 'GITEA_TOKEN'];
  for (const from of names) {
    const token = given(environment, from);
    if (token !== undefined) return { kind: 'token', token: wellFormed(token, from), from };
  }
  throw new Failure(
    `there is no token for ${kind === 'github' ? 'GitHub' : 'Gitea'}`,
    `set ${names.join(' or ')}${kind === 'github' ? `, or ${Object.values(app).join(', ')} for a GitHub App` : ''}`,
  );
}

function readApp(environment: Environment): Credentials {
  const [appId, installation, key] = Object.values(app).map((name) => {
    const value = given(environment, name);
    if (value === undefined) throw new Failure(`${app.id} is set and ${name} is not`, 'a GitHub App needs both');
    return value;
  }) as [string, string, string];
  if (!/^\d+$/.test(installation))
    throw new Failure(`${app.installation} is not a number`, "it is the last part of the address of the App's installation");
  // A variable that is set in a form often has its line breaks written out.
  const privateKey = key.replaceAll('\\n', '\n').replaceAll('\r', '').trim();
  if (!isRsaKey(privateKey))
    throw new Failure(`${app.key} is not an RSA private key in PEM form`, 'paste the whole file that GitHub gave for the App');
  return { kind: 'app', appId, installation: Number(installation), privateKey };
}

function isRsaKey(text: string): boolean {
  try {
    return createPrivateKey(text).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

function given(environment: Environment, name: string): string | undefined {
  return environment[name]?.trim() || undefined;
}

function wellFormed(token: string, from: string): string {
  // Node would quote the whole header in its complaint.
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new Failure(`${from} holds what cannot be a token`, 'it has blanks or line breaks inside, or letters that no token has');
}
