/** An image as a person names it. */
export interface ImageReference {
  /** As it was written, without tag and digest. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** One that can be, and where it is asked for. */
export interface RegistryImage extends ImageReference {
  /** Host, and port where there is one, that is asked. */
  readonly registry: string;
  readonly repository: string;
}

/** The text is not repeated in it: what is pasted by mistake may be an address with a password. */
export interface ImageProblem {
  readonly problem: string;
}

const host = /^(\[[0-9a-fA-F:]+\]|[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?)*)(:\d{1,5})?$/;
const pathPart = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*$/;
const tagForm = /^\w[\w.-]{0,127}$/;
const longestName = 255;

/** Whatever stands in its parts, as kustomize's `images` takes them apart. */
export function splitImage(text: string): ImageReference {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const undigested = at < 0 ? text : text.slice(0, at);
  const colon = undigested.lastIndexOf(':');
  const tagged = colon > undigested.lastIndexOf('/');
  const tag = tagged ? undigested.slice(colon + 1) : undefined;
  return { name: tagged ? undigested.slice(0, colon) : undigested, tag, digest };
}

/** Reads `registry.example.com:5000/team/web:2.1.1@sha256:…`, and all that may be left out of it. */
export function parseImageReference(text: string): RegistryImage | ImageProblem {
  if (text === '') return { problem: 'it is empty' };
  if (text.includes('${')) return { problem: 'it holds an expression, and an image is meant' };
  if (/\s/.test(text)) return { problem: 'it has a blank inside' };
  if (text.includes('://')) return { problem: 'it is an address: leave out what stands up to the `://`' };
  const image = splitImage(text);
  const problem = digestProblem(image.digest) ?? tagProblem(image.tag) ?? nameProblem(image.name);
  const { name, tag, digest } = image;
  return problem === undefined ? { name, tag, digest, ...whereToAsk(name) } : { problem };
}

export function printImageReference({ name, tag, digest }: ImageReference): string {
  return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** How registries call what they hold. */
export function isDigest(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}

const digestLengths: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);

function digestProblem(digest: string | undefined): string | undefined {
  if (digest === undefined || isDigest(digest)) return undefined;
  const [, algorithm, hex] = /^([a-z0-9]+):([0-9a-fA-F]*)$/.exec(digest) ?? [];
  if (algorithm === undefined || hex === undefined)
    return 'what stands behind its `@` is no digest: that is `sha256:` with 64 digits and letters from a to f';
  const length = digestLengths.get(algorithm);
  if (length === undefined) return `its digest is one of ${algorithm}; known are ${[...digestLengths.keys()].join(', ')}`;
  if (hex.length !== length) return `its digest has ${hex.length} digits; one of ${algorithm} has ${length}`;
  return /[A-F]/.test(hex) ? 'its digest has upper case letters; write it in lower case' : undefined;
}

function tagProblem(tag: string | undefined): string | undefined {
  if (tag === undefined || tagForm.test(tag)) return undefined;
  if (tag === '') return 'there is nothing behind its last `:`, where a tag is meant';
  if (tag.length > 128) return `its tag has ${tag.length} letters; 128 are allowed`;
  return 'its tag may have letters, digits, `_`, `.` and `-`, and begins with none of the last two';
}

function nameProblem(name: string): string | undefined {
  if (name === '') return 'it names no repository';
  if (name.length > longestName) return `its name has ${name.length} letters; ${longestName} are allowed`;
  const { registry, parts } = splitName(name);
  if (registry !== undefined && !isHost(registry)) return 'what stands before its first `/` is no name of a registry';
  if (parts.includes('')) return 'there is nothing between two of its `/`, or at its end';
  if (parts.some((part) => /[A-Z]/.test(part))) return 'its repository has upper case letters; registries know lower case alone';
  return parts.every((part) => pathPart.test(part))
    ? undefined
    : 'its repository may have lower case letters and digits, and one `.`, one or two `_`, or `-` between them';
}

function isHost(text: string): boolean {
  // What only looks like an address of IPv6 is told by the parser of URLs.
  return host.test(text) && URL.canParse(`https://${text}`);
}

/** The first part is a registry where it looks like a host: `team/web` is a repository of Docker Hub. */
function splitName(name: string): { readonly registry: string | undefined; readonly parts: readonly string[] } {
  const [first = '', ...rest] = name.split('/');
  if (rest.length > 0 && (/[.:[]/.test(first) || first === 'localhost')) return { registry: first, parts: rest };
  return { registry: undefined, parts: [first, ...rest] };
}

const dockerHub = new Set([undefined, 'docker.io', 'index.docker.io', 'registry-1.docker.io']);

function whereToAsk(name: string): Pick<RegistryImage, 'registry' | 'repository'> {
  const { registry, parts } = splitName(name);
  const lower = registry?.toLowerCase();
  const path = parts.join('/');
  if (lower !== undefined && !dockerHub.has(lower)) return { registry: lower, repository: path };
  return { registry: 'registry-1.docker.io', repository: parts.length === 1 ? `library/${path}` : path };
}
