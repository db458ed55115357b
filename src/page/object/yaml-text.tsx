import { memo } from 'preact/compat';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ObjectRecord, OriginRecord } from '../../report/report.ts';
import { Said } from '../base/said.tsx';
import { itemOf, treeKeys } from './tree-keys.ts';
import { blockIndent, indentBlock, type YamlNode, type YamlRow, yamlRows } from './yaml-lines.ts';

interface Props {
  readonly object: ObjectRecord;
  readonly origins: readonly OriginRecord[];
  readonly chosen: string | undefined;
  readonly onChoose: (field: string) => void;
}

/** So many lines at first; an object of thousands is shown whole only when somebody wants that. */
const firstLines = 700;
/** So much of one text. */
const firstCharacters = 2000;

/** An object as text in which everything can be chosen: arrows move, left and right close and open, Enter chooses. */
export function YamlText({ object, origins, chosen, onChoose }: Props) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [whole, setWhole] = useState(false);
  const [long, setLong] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState<string>();
  const tree = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => yamlRows(object.value, object.origins, closed), [object, closed]);
  const chosenRow = chosen === undefined ? -1 : rows.findIndex(({ nodes }) => nodes.some(({ field }) => field === chosen));
  const shown = whole ? rows : rows.slice(0, Math.max(firstLines, chosenRow + 100));
  const stop = [at, chosen].find(
    (field) => field !== undefined && shown.some(({ nodes }) => nodes.some((node) => node.field === field)),
  );
  const current = stop ?? shown[0]?.nodes[0]?.field;

  useEffect(() => {
    if (chosen !== undefined) itemOf(tree.current, chosen)?.scrollIntoView({ block: 'nearest' });
  }, [chosen, chosenRow < 0]);

  const fold = (field: string, close: boolean) =>
    setClosed((before) => {
      const after = new Set(before);
      if (close) after.add(field);
      else after.delete(field);
      return after;
    });
  const focus = (item: HTMLElement | undefined | null) => {
    if (!item) return;
    setAt(item.dataset.field);
    item.focus();
  };
  const onClick = (event: MouseEvent) => {
    const target = event.target as HTMLElement;
    const item = target.closest<HTMLElement>('[role=treeitem]');
    const field = item?.dataset.field;
    if (field === undefined) return;
    if (target.closest('[data-fold]')) fold(field, item?.getAttribute('aria-expanded') === 'true');
    else if (!getSelection()?.toString()) {
      setAt(field);
      onChoose(field);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const item = (event.target as HTMLElement).closest<HTMLElement>('[role=treeitem]');
    const field = item?.dataset.field;
    if (item === null || field === undefined || event.target !== item || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = treeKeys({ item, tree: tree.current, focus, fold: (close) => fold(field, close), choose: () => onChoose(field) })[
      event.key
    ];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    <>
      <div class="object-yaml" role="tree" aria-label={`${object.id} as YAML`} ref={tree} onClick={onClick} onKeyDown={onKeyDown}>
        {shown.map((row, place) => (
          <Row
            key={row.nodes[0]?.field}
            row={row}
            origin={origins[originOf(row)]}
            told={place === 0 || blameOf(origins[originOf(shown[place - 1] as YamlRow)]) !== blameOf(origins[originOf(row)])}
            chosen={row.nodes.some(({ field }) => field === chosen) ? chosen : undefined}
            stop={row.nodes.some(({ field }) => field === current) ? current : undefined}
            heavy={whole || long.size > 0}
            long={long.has(row.nodes.at(-1)?.field ?? '')}
            onLong={setLong}
          />
        ))}
      </div>
      {shown.length < rows.length && (
        <button type="button" class="button no-print" onClick={() => setWhole(true)}>
          Show all {rows.length.toLocaleString('en')} lines
        </button>
      )}
    </>
  );
}

const originOf = ({ nodes }: YamlRow) => nodes.at(-1)?.origin ?? 0;

/** Which system it is need not be said on each line. */
function blameOf(origin: OriginRecord | undefined): string {
  if (origin?.kind !== 'spec') return 'convention';
  return `${origin.layer.startsWith('system ') ? 'system' : origin.layer}:${origin.line}`;
}

interface RowProps {
  readonly row: YamlRow;
  readonly origin: OriginRecord | undefined;
  /** Whether the line before has another origin. */
  readonly told: boolean;
  readonly chosen: string | undefined;
  readonly stop: string | undefined;
  readonly long: boolean;
  /** Where there is much, what nobody sees is not laid out. */
  readonly heavy: boolean;
  readonly onLong: (change: (before: ReadonlySet<string>) => ReadonlySet<string>) => void;
}

const Row = memo(function Row({ row, origin, told, chosen, stop, long, heavy, onLong }: RowProps) {
  return (
    <div class={`object-row${heavy ? ' heavy' : ''}${long ? ' long' : ''}`} role="none">
      <span class={`object-blame ${origin?.kind === 'spec' ? origin.layer.split(' ')[0] : 'convention'}`} aria-hidden="true">
        {told && <Said text={blameOf(origin)} />}
      </span>
      <span class="object-line" role="none">
        {' '.repeat(row.indent)}
        {row.nodes.map((node, place) => (
          <Item
            key={node.field}
            node={node}
            row={row}
            last={place === row.nodes.length - 1}
            chosen={chosen === node.field}
            stop={stop === node.field}
            long={long}
            onLong={onLong}
          />
        ))}
      </span>
    </div>
  );
});

interface ItemProps extends Pick<RowProps, 'row' | 'long' | 'onLong'> {
  readonly node: YamlNode;
  readonly last: boolean;
  readonly chosen: boolean;
  readonly stop: boolean;
}

function Item({ node, row, last, chosen, stop, long, onLong }: ItemProps) {
  const { field, level, element, key, value, fold } = node;
  return (
    <span
      class={`object-item ${last ? '' : 'object-dash'}`}
      role="treeitem"
      data-field={field}
      aria-level={level}
      aria-expanded={fold === null ? undefined : fold === 'open'}
      aria-selected={chosen}
      aria-label={element && value === null ? `element ${field.slice(field.lastIndexOf('['))}` : undefined}
      tabIndex={stop ? 0 : -1}
    >
      {fold !== null && (
        <span class="object-fold no-print" data-fold="" aria-hidden="true">
          {fold === 'open' ? '▾' : '▸'}
        </span>
      )}
      {element && <span class="object-mark">- </span>}
      {key !== null && (
        <>
          <span class="object-key">
            <Said text={key} />
          </span>
          <span class="object-mark">:{value === null ? '' : ' '}</span>
        </>
      )}
      {value !== null && (
        <span class={`object-value ${value.kind}`}>
          <Cut text={value.text} whole={long} field={field} onLong={onLong} />
          {value.block !== null && (
            <>
              {'\n'}
              <Cut text={value.block} indent={blockIndent(row)} whole={long} field={field} onLong={onLong} />
            </>
          )}
        </span>
      )}
    </span>
  );
}

interface CutProps extends Pick<RowProps, 'onLong'> {
  readonly text: string;
  readonly indent?: number;
  readonly whole: boolean;
  readonly field: string;
}

function Cut({ text, indent = 0, whole, field, onLong }: CutProps) {
  const cut = !whole && text.length > firstCharacters * 1.25;
  // Lines stay whole where there are any.
  const end = cut ? Math.max(text.lastIndexOf('\n', firstCharacters) + 1, 0) || firstCharacters : text.length;
  const shown = text.slice(0, end);
  return (
    <>
      <Said text={indent > 0 ? indentBlock(shown, indent) : shown} />
      {cut && (
        <>
          {indent > 0 ? `\n${' '.repeat(indent)}` : ' '}
          <button type="button" class="button object-more" onClick={() => onLong((before) => new Set([...before, field]))}>
            Show all {text.length.toLocaleString('en')} characters
          </button>
        </>
      )}
    </>
  );
}
