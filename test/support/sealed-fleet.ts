import { throwawayCertificate, throwawayText } from '../sealing/throwaway.ts';
import { type Files, searchedFolder } from './fleet-files.ts';

/** A system with secrets of every sort, in two environments on two clusters. */
export function sealedFleet(): Files {
  return new Map([
    ['stowage.yaml', fleet],
    ['systems/shop/system.yaml', system],
    ['systems/mail/system.yaml', mail],
    ['clusters/east/cluster.yaml', cluster('east', 'valid')],
    ['clusters/east/sealing.pem', throwawayText('valid.pem')],
    ['clusters/west/cluster.yaml', cluster('west', 'other')],
    ['clusters/west/sealing.pem', throwawayText('other.pem')],
    ['clusters/east/one.yaml', environment('one')],
    ['clusters/west/two.yaml', environment('two')],
  ]);
}

/** Left to the end of the run, which searches it. */
export function sealedFleetFolder(): string {
  return searchedFolder(sealedFleet());
}

export function sealedFile(environment: 'one' | 'two', secret: string, system = 'shop'): string {
  return `clusters/${environment === 'one' ? 'east' : 'west'}/sealed/${environment}/${system}/${secret}.yaml`;
}

const fleet = `apiVersion: stowage.dev/v1
kind: Fleet
metadata: { name: sealed }
spec:
  repository: { url: "https://git.example.com/a/b.git", branch: main }
  stages: { dev: {} }
  promotion: { pipeline: [one, two], systems: { mail: [two, one] } }
`;

const system = `apiVersion: stowage.dev/v1
kind: System
metadata: { name: shop }
spec:
  secrets:
    db:
      keys:
        user: { default: shop }
        password: { minLength: 12, generate: { alphanumeric: 24 } }
        url: { compose: "pg://\${secrets.db.user}:\${secrets.db.password}@\${components.db.host}/\${secrets.session.token}" }
    session:
      keys:
        token: { description: signs cookies, minLength: 8 }
        salt: {}
    account:
      keys:
        password: {}
        hash: { generate: { bcryptOf: password, cost: 4 } }
    cache: { keys: { password: {} } }
  components:
    web:
      image: example/web:1.0.0
      env:
        URL: "\${secrets.db.url}"
        TOKEN: "\${secrets.session.token}"
        SALT: "\${secrets.session.salt}"
        HASH: "\${secrets.account.hash}"
        PASSWORD: "\${secrets.account.password}"
    db:
      workload: StatefulSet
      image: example/postgres:17.0
      ports: { postgres: 5432 }
      env: { POSTGRES_USER: "\${secrets.db.user}", POSTGRES_PASSWORD: "\${secrets.db.password}" }
    cache:
      optional: true
      image: example/redis:8.0
      env: { PASSWORD: "\${secrets.cache.password}" }
`;

const ways = {
  base64: 'base64: 32',
  hex: 'hex: 16',
  letters: 'alphanumeric: 20',
  digits: 'length: 6, alphabet: "0123456789"',
  rsa: 'keyPair: rsa, bits: 2048',
  rsaPublic: 'publicKeyOf: rsa',
  ed25519: 'keyPair: ed25519, encoding: base64',
  ed25519Public: 'publicKeyOf: ed25519, encoding: base64',
  p256: 'keyPair: p256',
  hash: 'bcryptOf: letters, cost: 4',
  users: 'htpasswd: { user: admin, passwordOf: letters }',
};

/** One secret that is all made by chance. */
const mail = `apiVersion: stowage.dev/v1
kind: System
metadata: { name: mail }
spec:
  secrets:
    made:
      scope: namespace-wide
      keys:
${Object.entries(ways)
  .map(([key, how]) => `        ${key}: { generate: { ${how} } }\n`)
  .join('')}  components:
    mail:
      image: example/mail:1.0.0
      volumes: { made: { secret: made, mountPath: /made } }
`;

const cluster = (name: string, certificate: string) => `apiVersion: stowage.dev/v1
kind: Cluster
metadata: { name: ${name} }
spec:
  kubernetes: "1.34"
  customResources: [bitnami.com/v1alpha1/SealedSecret]
  sealing: { certificate: sealing.pem, sha256: "${throwawayCertificate(certificate).fingerprint}" }
`;

const environment = (name: string) => `apiVersion: stowage.dev/v1
kind: Environment
metadata: { name: ${name} }
spec:
  stage: dev
  systems:
    shop: { namespace: shop-${name} }
    mail: { namespace: mail-${name} }
`;
