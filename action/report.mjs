import { appendFileSync } from 'node:fs';

export function tell(text) {
  process.stdout.write(`${text}\n`);
}

/** What a tool says may repeat what is in a file; the runner must not take it for commands. */
export function tellQuoted(text, { silence }) {
  if (text.trim() !== '') tell(`::stop-commands::${silence}\n${text.trimEnd()}\n::${silence}::`);
}

/** To a file that the runner reads; Gitea's has no summary, and a terminal none of them. */
export function write(path, text) {
  if (path) appendFileSync(path, text);
}

export function warn(text) {
  tell(`::warning::${text.trim().replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}`);
}

const longest = 20_000;

/** In a fence that nothing inside can end. */
export function fenced(text) {
  const shown =
    text.length > longest ? `${text.slice(0, text.lastIndexOf('\n', longest))}\n… the log of the job has the rest` : text;
  const fence = '`'.repeat(Math.max(3, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}text\n${shown.trimEnd()}\n${fence}\n`;
}
