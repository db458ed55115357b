// What scripts/take-screenshots.mjs needs, which bundles this first.

export { launchBrowser } from './launch-browser.ts';
export { makePicturedReport } from './pictured-report.ts';
