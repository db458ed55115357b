import { useConnection } from '../base/use-report.ts';

/** When the fleet was looked at, as the reader's clock has it; and whether the page keeps up with it. */
export function MadeAt({ at }: { readonly at: string }) {
  const connection = useConnection();
  const date = new Date(at);
  const local = Number.isNaN(date.getTime()) ? at : date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  const universal = at.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
  return (
    <p class="shell-made" role={connection === 'none' ? undefined : 'status'}>
      {connection === 'live' && <span class="badge good">● live</span>}
      {connection === 'lost' && <span class="badge bad">○ connection lost, trying again</span>}{' '}
      <span class="faint">
        {connection === 'live' ? '' : 'as of '}
        <time dateTime={at} title={universal}>
          {local}
        </time>
      </span>
    </p>
  );
}
