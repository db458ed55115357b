import { dnsLabel } from '../language/scalars.ts';
import { type ImageReference, isDigest, parseImageReference, type RegistryImage } from '../model/image-reference.ts';

/** An image that a component, or one of its init and side containers, shall have. */
export interface Bump {
  readonly component: string;
  readonly container?: string;
  readonly reference: RegistryImage;
}

export interface BumpProblem {
  readonly problem: string;
  readonly hint?: string;
}

/** What stands behind the System in `stowage bump`: `<component>[/<container>]=<image>`, once or several times. */
export function parseBumps(words: readonly string[], { resolve }: { readonly resolve: boolean }): readonly Bump[] | BumpProblem {
  if (words.length === 0) return { problem: 'no image is given', hint: form };
  const bumps = new Map<string, Bump>();
  for (const word of words) {
    const equals = word.indexOf('=');
    // What has no name before it may be anything, an address with a password too: it is not repeated.
    if (equals < 0) return { problem: 'an image is given without the component that it is for', hint: form };
    const target = word.slice(0, equals);
    const bump = parseBump(target, word.slice(equals + 1), resolve);
    if ('problem' in bump) return bump;
    if (bumps.has(target))
      return { problem: `\`${target}\` is given twice`, hint: 'a container runs one image: leave one of them out' };
    bumps.set(target, bump);
  }
  return [...bumps.values()];
}

/** As it is written on the command line. */
export function targetOf({ component, container }: Pick<Bump, 'component' | 'container'>): string {
  return container === undefined ? component : `${component}/${container}`;
}

const form = 'write <component>=<image>, or <component>/<container>=<image> for an init or side container';

function parseBump(target: string, text: string, resolve: boolean): Bump | BumpProblem {
  const [component = '', container, ...more] = target.split('/');
  if (more.length > 0 || ![component, container ?? component].every((name) => dnsLabel.safeParse(name).success))
    return { problem: 'what stands before a `=` is no component', hint: form };
  const reference = parseImageReference(text);
  if ('problem' in reference)
    return {
      problem: `what is given for \`${target}\` is no image: ${reference.problem}`,
      hint: 'an image is written as ghcr.io/org/web:2.1.1@sha256:…',
    };
  if (reference.digest !== undefined && !isDigest(reference.digest))
    return {
      problem: `the digest for \`${target}\` is not one of sha256, and registries are asked for none other`,
      hint: 'leave it out, and say --resolve',
    };
  return unpinned(target, reference, resolve) ?? { component, ...(container !== undefined && { container }), reference };
}

function unpinned(target: string, { tag, digest }: ImageReference, resolve: boolean): BumpProblem | undefined {
  if (digest !== undefined) return undefined;
  if (tag === undefined)
    return {
      problem: `the image of \`${target}\` has no tag and no digest, which means \`latest\`, and that moves`,
      hint: resolve ? 'write the tag that the registry is to be asked for' : 'write both: :2.1.1@sha256:…',
    };
  if (resolve) return undefined;
  return {
    problem: `the image of \`${target}\` has no digest, and ${tag === 'latest' ? '`latest` moves' : 'a tag can be moved to another image'}`,
    hint: 'add @sha256:…, or say --resolve and the registry is asked for it',
  };
}
