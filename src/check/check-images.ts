import { placeOf } from '../model/origin.ts';
import { containersOf, podSpecOf } from '../model/pod-specs.ts';
import { atPath, type Tracked } from '../model/tracked.ts';
import type { Rule } from './rule.ts';

/** In a protected stage an image must say which one it is; elsewhere it is a warning. */
export const checkImages: Rule = ({ objects, stage, place }, report) => {
  for (const object of objects) {
    const podSpec = podSpecOf(object.plain);
    if (podSpec === undefined) continue;
    for (const container of containersOf(podSpec)) {
      const image = String(container.image ?? '');
      const problem = image === '' ? undefined : movingTag(image);
      if (problem === undefined) continue;
      const origin = imageOrigin(object.tree, image);
      report({
        code: 'image-tag',
        severity: stage.protected === true ? 'error' : 'warning',
        message: `${object.kind}/${object.name} runs \`${image}\`, ${problem}`,
        place: origin ?? place,
        hint: 'name a version, best with its digest: image:2.1.0@sha256:…',
      });
    }
  }
};

function movingTag(image: string): string | undefined {
  if (image.includes('@')) return undefined;
  const name = image.slice(image.lastIndexOf('/') + 1);
  if (!name.includes(':')) return 'which has no tag';
  return name.endsWith(':latest') ? 'and `latest` moves' : undefined;
}

function imageOrigin(tree: Tracked, image: string) {
  const podSpecs = [
    ['spec', 'template', 'spec'],
    ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ];
  for (const path of podSpecs) {
    for (const list of ['containers', 'initContainers']) {
      const containers = atPath(tree, [...path, list]);
      for (const container of (containers?.value ?? []) as Tracked[]) {
        const found = atPath(container, ['image']);
        if (found?.value === image) return placeOf(found.origin);
      }
    }
  }
  return undefined;
}
