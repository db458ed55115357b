import type { Files } from '../../support/fleet-files.ts';

/** Texts that would do something if any place of a page took them for more than texts. */
export const hostileTexts = [
  '</script><script>globalThis.hacked = "script"</script>',
  '<img src=x onerror="globalThis.hacked = 1">',
  '"><svg onload=globalThis.hacked=2>',
  `'"\`><iframe srcdoc="<script>parent.hacked=3</script>">`,
  'javascript:globalThis.hacked=4',
  '<!--<script>',
  ']]><style>*{display:none}</style>',
  '{{constructor.constructor("globalThis.hacked=5")()}}',
  '\u202eetalerp\u202c and \u2066hidden\u2069 \u200b\ufeff',
  '<a href="https://example.com/" autofocus onfocus=globalThis.hacked=6>here</a>',
  '&lt;b&gt; &#60;script&#62; &amp;',
  '<base href="https://example.com/"><meta http-equiv="refresh" content="0;url=https://example.com/">',
  '__proto__',
];

/** As large as an input may be. */
const huge = '<b>"\u202e\' '.repeat(115_000);

/** Every place of a description that takes free text has some of them. */
export function hostileFleet(): Files {
  const said = hostileTexts.join(' ');
  const quoted = (text: string) => JSON.stringify(text);
  return new Map([
    [
      'stowage.yaml',
      `apiVersion: stowage.dev/v1
kind: Fleet
metadata: {name: hostile}
spec:
  description: ${quoted(said)}
  repository: {url: "https://git.example.com/hostile.git"}
  promotion: {pipeline: [dev, prod]}
  stages: {dev: {}, prod: {}}
`,
    ],
    ['systems/shop/system.yaml', systemText(quoted)],
    ['systems/shop/files/page.html', `<!doctype html>\n${hostileTexts.join('\n')}\n`],
    ['systems/shop/files/huge.txt', huge],
    ['clusters/dev/cluster.yaml', clusterText('dev')],
    ['clusters/dev/dev.yaml', environmentText('dev', quoted, 'dev')],
    ['clusters/prod/cluster.yaml', clusterText('prod')],
    ['clusters/prod/prod.yaml', environmentText('prod', quoted, said)],
  ]);
}

function clusterText(name: string): string {
  return `apiVersion: stowage.dev/v1
kind: Cluster
metadata: {name: ${name}}
spec:
  kubernetes: "1.35"
  ingressClasses: {nginx: {default: true, namespace: ingress-nginx}}
`;
}

function environmentText(name: string, quoted: (text: string) => string, greeting: string): string {
  return `apiVersion: stowage.dev/v1
kind: Environment
metadata: {name: ${name}} # <script>globalThis.hacked = "comment"</script>
spec:
  stage: ${name}
  systems:
    shop:
      parameters: {greeting: ${quoted(greeting)}} # <img src=x onerror=globalThis.hacked=7>
`;
}

function systemText(quoted: (text: string) => string): string {
  const variables = hostileTexts.map((text, index) => `        TEXT_${index}: ${quoted(text)}\n`).join('');
  const annotations = hostileTexts.map((text, index) => `example.com/text-${index}: ${quoted(text)}`).join(', ');
  return `apiVersion: stowage.dev/v1
kind: System
metadata: {name: shop}
spec:
  description: ${quoted(hostileTexts.join(' '))}
  parameters:
    greeting: {type: string, promote: carry, description: ${quoted(hostileTexts[0] as string)}}
  config:
    pages:
      page.html: {file: page.html}
      huge.txt: {file: huge.txt}
  components:
    web:
      image: example/shop:1.0.0
      command: [sh, -c, ${quoted(hostileTexts[1] as string)}]
      ports: {http: 8080}
      env:
        GREETING: \${parameters.greeting}
${variables}      volumes:
        pages: {config: pages, mountPath: /pages}
      annotations: {${annotations}}
      probes: {liveness: {http: /}, readiness: {http: /}}
      resources: {requests: {cpu: 50m, memory: 64Mi}, limits: {cpu: 200m, memory: 128Mi}}
  objects:
    odd:
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: odd}
      data: {valueOf: ${quoted(hostileTexts[2] as string)}, toString: ${quoted(hostileTexts[3] as string)}}
`;
}

/** A run of drift in which somebody else than us chose every word. */
export function hostileRun(): string {
  const odd = (index: number) => hostileTexts[index % hostileTexts.length] as string;
  const differences = hostileTexts.map((text, index) => ({
    id: `cluster:prod/shop/ConfigMap/odd#${text}`,
    between: 'cluster',
    what: 'changed',
    cluster: 'prod',
    overlay: 'prod/shop',
    object: { apiVersion: 'v1', kind: 'ConfigMap', name: text, namespace: odd(index + 1) },
    field: `data.${odd(index + 2)}`,
    declared: odd(index + 3),
    live: { [odd(index + 4)]: [odd(index + 5)] },
    owner: { manager: odd(index + 6), operation: 'Update', since: '2026-11-20T10:40:02Z' },
    because: [`${odd(index + 7)}:1`],
    summary: odd(index + 8),
    advice: odd(index + 9),
    digest: '0123456789abcdef',
    standing: index % 2 === 0 ? 'new' : 'accepted',
    accepted: index % 2 === 0 ? null : { reason: odd(index + 10), owner: odd(index + 11), until: '2099-01-01' },
  }));
  return JSON.stringify({
    command: 'drift',
    ok: false,
    at: '2026-11-20T11:00:00.000Z',
    clusters: ['prod'],
    counts: { new: 7, expired: 0, accepted: 6, unseen: 1 },
    failing: [],
    differences,
    unseen: [{ cluster: 'prod', what: odd(0), why: odd(1), hint: odd(2) }],
    kept: [],
    settled: [],
    effort: { objects: 1, requests: 1, lists: 1, dryRuns: 1 },
  });
}
