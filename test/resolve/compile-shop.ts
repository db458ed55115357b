import { type CompiledFleet, compileFleet } from '../support/compile-fleet.ts';

/** The System `shop` in the environment `dev`: its spec and its entry as YAML in flow style, and files beside it. */
export function compileShop(spec: string, entry = '{}', files: Readonly<Record<string, string>> = {}): CompiledFleet {
  const head = (kind: string, name: string) => `apiVersion: stowage.dev/v1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
  return compileFleet(
    new Map([
      ['stowage.yaml', `${head('Fleet', 'f')}spec: { repository: { url: "https://git.example.com/f.git" } }\n`],
      [
        'clusters/dev/cluster.yaml',
        `${head('Cluster', 'dev')}spec: { kubernetes: "1.35", customResources: [bitnami.com/v1alpha1/SealedSecret] }\n`,
      ],
      ['clusters/dev/dev.yaml', `${head('Environment', 'dev')}spec: { systems: { shop: ${entry} } }\n`],
      ['systems/shop/system.yaml', `${head('System', 'shop')}spec: ${spec}\n`],
      ...Object.entries(files).map(([name, text]): [string, string] => [`systems/shop/files/${name}`, text]),
    ]),
  );
}
