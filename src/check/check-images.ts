import type { DesiredObject } from '../model/desired-object.ts';
import { parseImageReference, splitImage } from '../model/image-reference.ts';
import { placeOf } from '../model/origin.ts';
import { containersOf, podSpecOf, podSpecPath } from '../model/pod-specs.ts';
import type { Place } from '../model/source-file.ts';
import { atPath, type Tracked } from '../model/tracked.ts';
import type { Rule } from './rule.ts';

/** An image must be one; in a protected stage it must also say which one it is, elsewhere that is a warning. */
export const checkImages: Rule = ({ objects, stage, place }, report) => {
  for (const object of objects) {
    const podSpec = podSpecOf(object.plain);
    if (podSpec === undefined) continue;
    for (const { image } of containersOf(podSpec)) {
      if (typeof image !== 'string') continue;
      const verdict = judge(image);
      if (verdict === undefined) continue;
      report({
        code: verdict.code,
        severity: verdict.code === 'bad-image' || stage.protected === true ? 'error' : 'warning',
        message: `${object.kind}/${object.name} runs \`${image}\`, ${verdict.problem}`,
        place: imagePlace(object, image) ?? place,
        hint: verdict.hint,
      });
    }
  }
};

interface Verdict {
  readonly code: 'bad-image' | 'image-tag';
  readonly problem: string;
  readonly hint: string;
}

// The same few images run in many places.
const verdicts = new Map<string, Verdict | undefined>();

function judge(image: string): Verdict | undefined {
  if (!verdicts.has(image)) verdicts.set(image, misfit(image) ?? movingTag(image));
  return verdicts.get(image);
}

function misfit(image: string): Verdict | undefined {
  const read = parseImageReference(image);
  if (!('problem' in read)) return undefined;
  const hint = 'an image is written as ghcr.io/org/web:2.1.0@sha256:…';
  return { code: 'bad-image', problem: `which is no image: ${read.problem}`, hint };
}

function movingTag(image: string): Verdict | undefined {
  const { tag, digest } = splitImage(image);
  if (digest !== undefined || (tag !== undefined && tag !== 'latest')) return undefined;
  const hint = 'name a version, best with its digest: image:2.1.0@sha256:…';
  return { code: 'image-tag', problem: tag === undefined ? 'which has no tag' : 'and `latest` moves', hint };
}

function imagePlace({ kind, tree }: DesiredObject, image: string): Place | undefined {
  for (const list of ['containers', 'initContainers']) {
    const containers = atPath(tree, [...podSpecPath(kind), list]);
    for (const container of (containers?.value ?? []) as Tracked[]) {
      const found = atPath(container, ['image']);
      if (found?.value === image) return placeOf(found.origin);
    }
  }
  return undefined;
}
