import { render } from 'preact';
import { App } from './app.tsx';
import { rememberedTheme, showTheme } from './base/theme.ts';
import './base/base.css';

// Before anything is drawn, so that nothing flashes.
showTheme(rememberedTheme());
const root = document.getElementById('app');
if (root !== null) render(<App />, root);
