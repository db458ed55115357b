import type { Problem } from '../../report/report.ts';
import { Said } from '../base/said.tsx';
import { markLine } from './mark-line.ts';

/** The lines around a problem, with what is meant marked by its colour and by a row of carets. */
export function SourceLines({ problem: { file, line, column, width, source } }: { readonly problem: Problem }) {
  const { first, lines } = source;
  const place = `${file}:${line}:${column}`;
  if (lines.length === 0)
    return (
      <p class="faint">
        <code>
          <Said text={place} />
        </code>
      </p>
    );
  return (
    <figure class="problems-source">
      <figcaption>
        <code>
          <Said text={place} />
        </code>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label={`Lines around ${place}`}>
        <table>
          <tbody>
            {lines.map((text, at) => (
              <SourceLine
                key={first + at}
                number={first + at}
                text={text}
                mark={first + at === line ? { column, width } : undefined}
              />
            ))}
          </tbody>
        </table>
      </section>
    </figure>
  );
}

interface SourceLineProps {
  readonly number: number;
  readonly text: string;
  readonly mark: { readonly column: number; readonly width: number } | undefined;
}

function SourceLine({ number, text, mark }: SourceLineProps) {
  if (mark === undefined)
    return (
      <tr>
        <th scope="row">{number}</th>
        <td>
          <Said text={text} />
        </td>
      </tr>
    );
  const { before, marked, after, carets } = markLine(text, mark.column, mark.width);
  return (
    <>
      <tr class="problems-meant">
        <th scope="row">{number}</th>
        <td>
          <Said text={before} />
          <mark>
            <Said text={marked} />
          </mark>
          <Said text={after} />
        </td>
      </tr>
      <tr class="problems-carets">
        <td />
        <td>
          <span aria-hidden="true">{carets}</span>
        </td>
      </tr>
    </>
  );
}
