import { type SystemGraph, systemGraph } from '../../src/graph/system-graph.ts';
import { compileClean } from '../support/compile-fleet.ts';
import { type Files, withFiles } from '../support/fleet-files.ts';
import { smallFleet } from '../support/small-fleet.ts';

/** A System with each kind of node and edge; its names are words that Mermaid and DOT keep for themselves. */
export const graphFleet: Files = withFiles(smallFleet, {
  'systems/stock/system.yaml': undefined,
  'systems/shop/system.yaml': `apiVersion: stowage.dev/v1
kind: System
metadata: {name: shop}
spec:
  components:
    end:
      image: example/end:1.0.0
      ports: {http: 8080, admin: {port: 9090, servicePort: 90}}
      env: {DATABASE: "\${components.subgraph.url}", SEARCH: "\${components.search.url}"}
      needs: [migrate]
      talksTo: [graph, extra]
    graph:
      image: example/graph:1.0.0
      ports: {http: 8080, admin: {port: 9090, servicePort: 90}}
      talksTo: [end]
    migrate:
      workload: Job
      image: example/migrate:1.0.0
      ports: {metrics: 9100}
      env: {DATABASE: "\${components.subgraph.host}:\${components.subgraph.ports.sql}"}
    subgraph:
      workload: StatefulSet
      image: example/database:1.0.0
      ports: {sql: 5432, metrics: 9187}
    search:
      image: example/search:1.0.0
      ports: {http: 9200}
    extra:
      optional: true
      image: example/extra:1.0.0
      needs: [subgraph]
`,
  'clusters/prod/cluster.yaml': undefined,
  'clusters/prod/prod.yaml': undefined,
  'clusters/dev/dev.yaml': `apiVersion: stowage.dev/v1
kind: Environment
metadata: {name: dev}
spec:
  systems:
    shop:
      components:
        search: {external: {url: "https://search.example.com"}}
`,
});

export function graphOf(files: Files): SystemGraph {
  const [first] = compileClean(files).systems;
  if (first === undefined) throw new Error('nothing was compiled');
  return systemGraph(first.compiled.resolved, first.compiled.desired);
}
