import { useEffect, useRef, useState } from 'preact/hooks';
import type { DiffMode } from './diff-table.tsx';

interface ToolbarProps {
  readonly environments: readonly string[];
  readonly systems: readonly string[];
  readonly query: Readonly<Record<string, string>>;
  readonly mode: DiffMode;
  /** What is chosen, to be put into the address. */
  readonly onChoose: (choice: Readonly<Record<string, string>>) => void;
}

/** What is shown of the changes, and how. */
export function ChangeToolbar({ environments, systems, query, mode, onChoose }: ToolbarProps) {
  const { environment = '', system = '', text = '', hazards = '' } = query;
  return (
    <search class="change-toolbar no-print" aria-label="Filter changes">
      <TextFilter text={text} onText={(words) => onChoose({ text: words })} />
      <Choice
        label="Environment"
        all="All environments"
        names={environments}
        value={environment}
        onName={(name) => onChoose({ environment: name })}
      />
      <Choice label="System" all="All systems" names={systems} value={system} onName={(name) => onChoose({ system: name })} />
      <button
        type="button"
        class="button"
        aria-pressed={hazards !== ''}
        onClick={() => onChoose({ hazards: hazards === '' ? 'only' : '' })}
      >
        Hazards only
      </button>
      <fieldset class="change-switch">
        <legend class="unseen">How differences are shown</legend>
        <button type="button" class="button" aria-pressed={mode === 'unified'} onClick={() => onChoose({ mode: '' })}>
          Unified
        </button>
        <button type="button" class="button" aria-pressed={mode === 'split'} onClick={() => onChoose({ mode: 'split' })}>
          Side by side
        </button>
      </fieldset>
      <button type="button" class="button" onClick={() => onChoose({ open: 'all', at: '' })}>
        Expand all
      </button>
      <button type="button" class="button" onClick={() => onChoose({ open: 'none', at: '' })}>
        Collapse all
      </button>
    </search>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly all: string;
  readonly names: readonly string[];
  readonly value: string;
  readonly onName: (name: string) => void;
}

function Choice({ label, all, names, value, onName }: ChoiceProps) {
  return (
    <select class="field" aria-label={label} value={value} onChange={(event) => onName(event.currentTarget.value)}>
      <option value="">{all}</option>
      {(value === '' || names.includes(value) ? names : [value, ...names]).map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}

const pause = 120;

/** What is typed goes into the address when the typing pauses. */
function TextFilter({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    setTyped(text);
    return () => clearTimeout(timer.current);
  }, [text]);
  const type = (words: string) => {
    setTyped(words);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onText(words), pause);
  };
  return (
    <input
      type="search"
      class="field"
      placeholder="Object or field"
      aria-label="Object or field"
      value={typed}
      onInput={(event) => type(event.currentTarget.value)}
    />
  );
}
