import type { Finding } from './finding.ts';
import { looksRandom } from './randomness.ts';

const word = /[A-Za-z0-9+/_-]{32,}={0,2}/g;
/** Public by nature: certificates and public keys, as PEM. */
const publicBlock = /-----BEGIN (?!(?:[A-Z0-9]+ )*PRIVATE)[A-Z0-9 ]+-----[\s\S]*?-----END [A-Z0-9 ]+-----/g;
/** And in base64, public keys as OpenSSH writes them, and UUIDs. */
const publicWord = /^(?:LS0tLS1CRUdJTi|AAAA[BC]3NzaC1|AAAAE2VjZHNh|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$)/;
const beforePublic = /(?:sha(?:1|224|256|384|512)(?:[:-]|: ?["']?)|base64,|md5[:-])$/i;

/** Long words that look as if a random generator had made them. */
export function findRandom(text: string): Finding[] {
  if (text.length < 32) return [];
  const found: Finding[] = [];
  const blocks = text.includes('-----BEGIN ') ? [...text.matchAll(publicBlock)] : [];
  for (const match of text.matchAll(word)) {
    const [candidate] = match;
    if (blocks.some((block) => match.index >= block.index && match.index < block.index + block[0].length)) continue;
    if (publicWord.test(candidate) || beforePublic.test(text.slice(Math.max(0, match.index - 10), match.index))) continue;
    if (!looksRandom(candidate)) continue;
    const what = `these ${candidate.length} characters look random, as keys and tokens do`;
    found.push({ kind: 'random', what, start: match.index, end: match.index + candidate.length });
  }
  return found;
}
