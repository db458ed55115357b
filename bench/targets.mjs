// What Stowage promises about its speed, as ratios within one run.

const judgedFrom = 30;

/** Each promise with what was measured; `met` is undefined where a peer was missing. */
export function judge({ fleets, startup }) {
  return [
    ...fleets.filter(({ environments }) => environments >= judgedFrom).flatMap(judgeFleet),
    ...judgeStartup(startup),
    ...judgeGrowth(fleets),
    ...judgeMemory(fleets),
  ];
}

function judgeFleet({ environments, rows }) {
  const wall = (id) => rows[id]?.wall.median;
  const at = `${environments} environments`;
  const oneOverlay = wall('kustomize-one');
  return [
    atMost(`${at}: full compile ≤ 0.1 × kustomize per environment`, wall('full'), wall('kustomize'), 0.1),
    atMost(`${at}: full compile ≤ 0.1 × kustomize per overlay`, wall('full'), wall('kustomize-each'), 0.1),
    atMost(`${at}: full compile ≤ jsonnet`, wall('full'), wall('jsonnet'), 1),
    atMost(`${at}: verified compile ≤ 1.2 × kustomize per environment`, wall('verified'), wall('kustomize'), 1.2),
    atMost(`${at}: verified compile ≤ 1.2 × kustomize per overlay`, wall('verified'), wall('kustomize-each'), 1.2),
    {
      target: `${at}: one image tag changed, verified ≤ 2 × kustomize build of its overlay + 150 ms`,
      measured:
        oneOverlay === undefined ? 'not measured' : `${milliseconds(wall('one'))} against ${milliseconds(2 * oneOverlay + 0.15)}`,
      met: oneOverlay === undefined ? undefined : wall('one') <= 2 * oneOverlay + 0.15,
    },
  ];
}

function judgeStartup({ bare, version, help }) {
  return Object.entries({ version, help }).map(([name, row]) => {
    const over = row.wall.median - bare.wall.median;
    return { target: `--${name} within 30 ms of node -e 0`, measured: `+${milliseconds(over)}`, met: over <= 0.03 };
  });
}

/** A fixed start-up makes the smallest fleet dear for each object; what must not happen is that cost rises. */
function judgeGrowth(fleets) {
  if (fleets.length < 2) return [];
  return ['full', 'verified'].map((id) => {
    const costs = fleets.map(({ objects, rows }) => (1e6 * rows[id].wall.median) / objects);
    return {
      target: `cost per object flat, ${id === 'full' ? 'full compile' : 'verified compile'}`,
      measured: fleets.map(({ environments }, index) => `${environments}: ${Math.round(costs[index])} µs`).join(', '),
      met: costs.at(-1) <= 1.25 * Math.min(...costs.slice(0, -1)),
    };
  });
}

function judgeMemory(fleets) {
  const peaks = fleets.flatMap(({ rows }) => Object.values(rows).flatMap((row) => (row.ours ? (row.ownMiB ?? []) : [])));
  if (peaks.length === 0) return [];
  const peak = Math.max(...peaks);
  return [{ target: 'peak memory under 300 MB', measured: `${Math.round(peak)} MiB`, met: peak * 1.048576 < 300 }];
}

function atMost(target, ours, theirs, ratio) {
  return theirs === undefined
    ? { target, measured: 'not measured', met: undefined }
    : { target, measured: `${(ours / theirs).toFixed(2)} ×`, met: ours <= ratio * theirs };
}

function milliseconds(seconds) {
  return `${Math.round(seconds * 1000)} ms`;
}
