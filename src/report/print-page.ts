import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { Report } from './report.ts';

/** What the build made of the page. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
}

/** One file that needs nothing else: data that a first view needs as it is, the rest packed behind the script. */
export function printReportPage({ index, parts }: Report, files: PageFiles): string {
  const packed = [...parts].map(
    ([name, json]) =>
      `<script type="text/plain" id="part:${attribute(name)}">${deflateRawSync(json).toString('base64')}</script>\n`,
  );
  return [head(index, files, "connect-src 'none'", ''), ...packed, '</body>\n</html>\n'].join('');
}

/** The same for a server that is asked for the parts, and that says when there is something new. */
export function printLivePage({ index }: Report, files: PageFiles): string {
  return `${head(index, files, "connect-src 'self'", '<meta name="stowage-live" content="">\n')}</body>\n</html>\n`;
}

/** The policy of a live page for who serves it; in its head it cannot say who may frame it. */
export function livePolicy(files: PageFiles): string {
  return `${policyOf(files, "connect-src 'self'")}; frame-ancestors 'none'`;
}

function policyOf({ script, style }: PageFiles, connect: string): string {
  return `default-src 'none'; script-src '${digest(script)}'; style-src '${digest(style)}'; ${connect}; base-uri 'none'; form-action 'none'`;
}

/** Nothing runs or is loaded but what stands here, whatever texts of a fleet may hold. */
function head(index: Report['index'], { script, style }: PageFiles, connect: string, more: string): string {
  const policy = policyOf({ script, style }, connect);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${more}<title>${text(index.fleet.name)}: Stowage</title>
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<noscript>This page draws itself with JavaScript, which is switched off here.</noscript>
<script type="application/json" id="index">${inScript(index)}</script>
<script>${script}</script>
`;
}

function digest(content: string): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}

/** JSON that cannot end the element that holds it. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function text(words: string): string {
  return words.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function attribute(words: string): string {
  return words.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
