import { fromServer } from './live-source.ts';
import { fromPage } from './page-source.ts';
import type { ReportSource } from './report-source.ts';

export function openSource(): ReportSource {
  return document.querySelector('meta[name="stowage-live"]') === null ? fromPage() : fromServer();
}
