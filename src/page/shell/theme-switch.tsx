import { useState } from 'preact/hooks';
import { chooseTheme, rememberedTheme, type Theme, themes } from '../base/theme.ts';

const labels: Readonly<Record<Theme, string>> = { system: 'Auto', light: 'Light', dark: 'Dark' };

export function ThemeSwitch() {
  const [theme, setTheme] = useState(rememberedTheme);
  const choose = (chosen: string) => {
    const next = themes.find((one) => one === chosen) ?? 'system';
    chooseTheme(next);
    setTheme(next);
  };
  return (
    <select
      class="field shell-theme"
      aria-label="Colours"
      title="Auto follows the system"
      value={theme}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      {themes.map((one) => (
        <option key={one} value={one}>
          {labels[one]}
        </option>
      ))}
    </select>
  );
}
