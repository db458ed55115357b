/** A stretch of a text that looks like a secret; what it says is never part of it. */
export interface Finding {
  readonly kind: 'private key' | 'token' | 'URL' | 'named' | 'random';
  /** What it looks like, and why: the subject of a message, without a word of the secret. */
  readonly what: string;
  readonly start: number;
  readonly end: number;
}

/** So many are no description. */
const most = 1000;

/** In the order of the text, and of several at one place the first. */
export function withoutOverlaps(findings: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  for (const finding of findings) {
    if (kept.length === most) break;
    if (!kept.some((other) => finding.start < other.end && other.start < finding.end)) kept.push(finding);
  }
  return kept.sort((a, b) => a.start - b.start);
}
