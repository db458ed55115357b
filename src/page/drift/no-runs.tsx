import { Command } from './command.tsx';

/** How a report comes to know of drift. */
export function NoRuns() {
  return (
    <div class="card stack">
      <p>
        <strong>This report was given no runs of drift.</strong> It asks no cluster by itself: it shows what{' '}
        <code>stowage drift</code> found. That there is nothing here says nothing about the clusters.
      </p>
      <div>
        <p>Keep what a run finds, each in a file of its own:</p>
        <Command command="stowage drift --json > runs/$(date -u +%Y-%m-%dT%H%MZ).json" />
      </div>
      <div>
        <p>Then give the folder to the report. With more than one run it shows how things changed:</p>
        <Command command="stowage report --drift runs/" />
      </div>
    </div>
  );
}
